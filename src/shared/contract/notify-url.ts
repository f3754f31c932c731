import { z } from 'zod';

/** Who is told how a job ends. That it may be called is judged by the daemon, at once and when it is. */
export const notifyUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
  .max(2048);
