import { finalJobStates } from '../../shared/states.js';
import type { CommonOptions } from '../command.js';
import type { Deps } from '../deps.js';
import { reportError } from '../output/report-error.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import type { Progress } from '../progress/progress.js';
import type { Step } from '../progress/step.js';
import { outcomeJson, outcomeLine } from './outcome.js';
import type { Unfinished } from './stopped.js';
import type { Listener } from './upload-files.js';

export interface UploadListener extends Listener {
  /** What neither ended well nor badly so far. */
  unfinished(): Unfinished[];
  /** Whether more is made of what ended well so far. */
  isMakingMore(): boolean;
}

/** Shows steps, prints outcomes on stdout and errors on stderr as they come. */
export function uploadListener(
  files: readonly string[],
  progress: Progress,
  options: CommonOptions,
  deps: Deps,
): UploadListener {
  const steps = files.map((): Step => ({ name: 'waiting' }));
  const ended = new Set<number>();
  let isMakingMore = false;
  return {
    onStep(index, step) {
      steps[index] = step;
      progress.show(index, step);
    },
    onOutcome(index, outcome) {
      ended.add(index);
      isMakingMore ||= !finalJobStates.includes(outcome.job.status);
      progress.aside(() => {
        if (options.json) printJson(deps, outcomeJson(outcome));
        else printLine(deps, options.quiet ? outcome.added.videoId : outcomeLine(outcome));
      });
    },
    onError(index, error) {
      ended.add(index);
      const style = { ...options, about: files[index] ?? '' };
      progress.aside(() => reportError(deps.stderr, error, style));
    },
    onSubtitleError(path, error) {
      progress.aside(() => reportError(deps.stderr, error, { ...options, about: path }));
    },
    onNote(words) {
      if (!options.json && !options.quiet) progress.aside(() => sayLine(deps, words));
    },
    isMakingMore: () => isMakingMore,
    unfinished: () =>
      files.flatMap((file, index) => {
        const step = steps[index];
        return ended.has(index) || step === undefined ? [] : [{ file, step }];
      }),
  };
}
