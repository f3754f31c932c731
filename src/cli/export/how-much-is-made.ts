import { KdramaError } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { workWords } from '../output/work-words.js';
import type { Contents } from './contents.js';
import type { Made } from './waiting.js';

/** Of the picture and the sounds of an export; undefined where nobody says: who may watch need not see the job. */
export async function howMuchIsMade(
  { video, quality, sounds }: Pick<Contents, 'video' | 'quality' | 'sounds'>,
  api: Pick<Api, 'job' | 'health'>,
): Promise<Made | undefined> {
  try {
    const [{ renditions }, { work }] = await Promise.all([api.job(video.jobId), api.health()]);
    const names = [quality, ...sounds.map(({ name }) => name)];
    const wanted = renditions.filter(({ name }) => names.includes(name));
    if (wanted.length === 0) return undefined;
    return {
      segments: wanted.reduce((sum, { segments }) => sum + segments, 0),
      segmentsDone: wanted.reduce((sum, { segmentsDone }) => sum + segmentsDone, 0),
      held: workWords(work),
    };
  } catch (error) {
    if (error instanceof KdramaError) return undefined;
    throw error;
  }
}
