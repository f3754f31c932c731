import { KdramaError } from '../../../shared/errors.js';

/** For whoever wants an id that a job of another file, or with other settings, has. */
export function idTaken(jobId: string): KdramaError {
  return new KdramaError(
    'JOB_STATE_CONFLICT',
    `jobId ${jobId} is that of a job with another body`,
    {
      hint: 'Choose another jobId, or repeat the body that it was first sent with.',
    },
  );
}
