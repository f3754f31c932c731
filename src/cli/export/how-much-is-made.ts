import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { workWords } from '../output/work-words.js';
import type { Contents } from './contents.js';
import type { Made } from './waiting.js';

/**
 * Of an export, whose picture or sound is made last: that of which least is there. undefined where nobody says: who may
 * watch need not see the job.
 */
export async function howMuchIsMade(
  { video, quality, sounds }: Pick<Contents, 'video' | 'quality' | 'sounds'>,
  api: Pick<Api, 'job' | 'health'>,
): Promise<Made | undefined> {
  try {
    const [{ renditions }, { work }] = await Promise.all([api.job(video.jobId), api.health()]);
    const names = [quality, ...sounds.map(({ name }) => name)];
    const [last] = renditions
      .filter(({ name }) => names.includes(name))
      .toSorted((a, b) => a.segmentsDone / a.segments - b.segmentsDone / b.segments);
    if (last === undefined) return undefined;
    const { segments, segmentsDone } = last;
    return { segments, segmentsDone, held: workWords(work) };
  } catch (error) {
    if (error instanceof KdramaError) return undefined;
    throw error;
  }
}
