import type { JobView } from '../../shared/contract/index.js';
import { formatPercent, formatSpeed } from '../output/amounts.js';
import { timeLeft } from '../output/job-text.js';

/**
 * What a line of a log says of a job right now. Two views with the same words are no change: one
 * line per change and per ten percent, never one per tick.
 */
export function jobChangeWords(job: JobView): string {
  if (job.status === 'completed') return 'ready';
  if (job.status !== 'processing') return job.status;
  const percent = Math.floor(job.progress / 10) * 10;
  const playable = job.playable ? ', playable' : '';
  const setback = job.setback
    ? `, ${job.setback.failures} of ${job.setback.attempts} tries failed`
    : '';
  return `${job.stage} ${formatPercent(percent)}${playable}${setback}`;
}

/** The same with how fast it goes and how long it takes, where that is known: `…, 2.4×, 0:40 left`. */
export function jobPaceWords(job: JobView, nowMs: number): string {
  const words = jobChangeWords(job);
  if (job.status !== 'processing') return words;
  const speed = job.speed === null ? [] : [formatSpeed(job.speed)];
  const left = timeLeft(job, nowMs);
  return [words, ...speed, ...(left === '' ? [] : [`${left} left`])].join(', ');
}

/** Calls `say` with the words of each view that differ from those of the view before, and the view. */
export function onJobChange(say: (words: string, job: JobView) => void): (job: JobView) => void {
  let last: string | undefined;
  return (job) => {
    const words = jobChangeWords(job);
    if (words !== last) say(words, job);
    last = words;
  };
}
