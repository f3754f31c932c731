import type { JobView } from '../../shared/contract/index.js';
import { formatPercent } from '../output/amounts.js';

/**
 * What a line of a log says of a job right now. Two views with the same words are no change: one
 * line per change and per ten percent, never one per tick.
 */
export function jobChangeWords(job: JobView): string {
  if (job.status === 'completed') return 'ready';
  if (job.status !== 'processing') return job.status;
  const percent = Math.floor(job.progress / 10) * 10;
  const playable = job.playable ? ', playable' : '';
  return `${job.stage} ${formatPercent(percent)}${playable}`;
}

/** Calls `say` with the words of each view that differ from those of the view before. */
export function onJobChange(say: (words: string) => void): (job: JobView) => void {
  let last: string | undefined;
  return (job) => {
    const words = jobChangeWords(job);
    if (words !== last) say(words);
    last = words;
  };
}
