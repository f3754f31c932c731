import { z } from 'zod';

/** The run of a workflow engine that a job belongs to, as that engine tells it. */
export const workflow = z
  .object({
    dagRunId: z.string().min(1).max(250),
    state: z.string().max(64).nullable().default(null),
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.infer<typeof workflow>;
