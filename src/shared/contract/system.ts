import { z } from 'zod';

/** GET /health: open, for monitors and for the command line's start and stop. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  apiVersion: z.literal('v1'),
  pid: z.number().int(),
  instanceId: z.string(),
  startedAt: z.iso.datetime(),
  /** false when no working ffmpeg was found: uploads are kept, transcodes wait for one. */
  ffmpeg: z.boolean(),
});
export type Health = z.infer<typeof health>;
