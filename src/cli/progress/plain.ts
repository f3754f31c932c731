import type { OutputStream } from '../deps.js';
import { jobChangeWords } from '../follow/job-change.js';
import { formatBytes } from '../output/amounts.js';
import { safeText } from '../output/safe-text.js';
import { sayLine } from '../output/say.js';
import type { Progress } from './progress.js';
import { isMoving, stepWords, type Step } from './step.js';

/** One line per change on stderr: for logs, pipes and terminals that cannot draw. */
export function plainProgress(stderr: OutputStream, files: readonly string[]): Progress {
  const last = files.map(() => '');
  return {
    show(index, step) {
      const words = stepLine(step);
      if (words === undefined || words === last[index]) return;
      last[index] = words;
      sayLine({ stderr }, `${safeText(files[index] ?? '')}: ${words}`);
    },
    aside: (write) => write(),
    close: () => Promise.resolve(),
  };
}

/** Pure: what the line says; undefined for what needs no line (errors are reported elsewhere). */
export function stepLine(step: Step): string | undefined {
  if (isMoving(step)) {
    // A line for every so many bytes, where nobody knows how many are still to come.
    if (step.sizeBytes === null) return `${stepWords[step.name]} ${formatBytes(rough(step.bytes))}`;
    const tenths = Math.floor((step.bytes / step.sizeBytes) * 10) * 10;
    return `${stepWords[step.name]} ${formatBytes(step.sizeBytes)}, ${tenths}%`;
  }
  if (step.name !== 'making') return undefined;
  const words = jobChangeWords(step.job);
  return step.job.playable ? `${words}: ${step.watch}` : words;
}

/** Rounded down to one digit: 100 MB, 200 MB, … 1 GB, 2 GB. */
function rough(bytes: number): number {
  const unit = 10 ** Math.max(8, Math.floor(Math.log10(Math.max(1, bytes))));
  return Math.floor(bytes / unit) * unit;
}
