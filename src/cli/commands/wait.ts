import { Option } from 'commander';
import type { JobView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { followJob } from '../follow/follow-job.js';
import { isReached, missedGoal } from '../follow/goal.js';
import { onJobChange } from '../follow/job-change.js';
import { withExamples } from '../help/examples.js';
import { readWordList } from '../input/word-list.js';
import { parseSeconds } from '../input/seconds.js';
import { Interruption, withTimeout } from '../interruption.js';
import { stateWords } from '../output/episode-words.js';
import { reportError } from '../output/report-error.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface WaitOptions extends CommonOptions {
  readonly ids: readonly string[];
  /** A file of more ids, one a line; `-`: standard input. */
  readonly filesFrom?: string;
  readonly null: boolean;
  readonly for: 'playable' | 'ready';
  readonly timeout?: number;
}

export const defineWait: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama wait JOB && echo ready', 'until an episode is ready'],
    ['kdrama upload -q *.mkv | kdrama wait --files-from - --timeout 2h', 'until a season is'],
    ['kdrama wait --for=playable VIDEO', 'until it can be watched'],
  )
    .argument('[jobs...]', 'ids of jobs or videos')
    .addOption(
      new Option('--for <goal>', 'what to wait for')
        .choices(['playable', 'ready'])
        .default('ready'),
    )
    .option('--timeout <seconds>', 'give up then (90, 10m, 1h) with exit code 124', parseSeconds)
    .option('--files-from <file>', 'read more ids from a file, one a line; - reads standard input')
    .option('-0, --null', 'ids in that file end with NUL instead', false)
    .action((ids: string[], options: Omit<WaitOptions, 'ids'>) => {
      if (ids.length === 0 && options.filesFrom === undefined) command.error('error: name a job');
      choose(options, (deps) => runWait({ ...options, ids }, deps));
    });
};

/**
 * Waits until every job is ready (or playable) or cannot become so, printing each as it ends
 * under the id that was given. No ids at all, as from an upload that failed, are exit code 1. Ctrl-C only detaches: the daemon goes on.
 */
export async function runWait(options: WaitOptions, deps: Deps): Promise<ExitCode> {
  const signal = withTimeout(deps.signal, options.timeout);
  const ids = [...options.ids, ...(await readWordList(options, { ...deps, signal }))];
  if (ids.length === 0) {
    sayLine(deps, 'No ids came in, so there is nothing to wait for.');
    return exitCodes.failed;
  }
  await connect(deps);
  const codes = await Promise.all(ids.map((id) => waitForOne(id, options, { ...deps, signal })));
  if (!signal.aborted) return exitCodeOfSeveral(codes);
  if (!options.quiet && !options.json) sayLine(deps, 'Not waiting any longer; the daemon goes on.');
  return exitCodeOf(signal.reason);
}

async function waitForOne(id: string, options: WaitOptions, deps: Deps): Promise<ExitCode> {
  const { clock, signal } = deps;
  const talk = onJobChange((words) => sayLine(deps, safeText(`${id}: ${words}`)));
  try {
    const job = await followJob(
      id,
      { connect: async () => (await connect(deps)).api, clock, signal },
      (view) => isReached(options.for, view),
      options.json || options.quiet ? undefined : talk,
    );
    return finish(id, job, options, deps);
  } catch (error) {
    if (!(error instanceof Interruption))
      reportError(deps.stderr, error, { ...options, about: id });
    return exitCodeOf(error);
  }
}

/** Under the id that was given, so that a script finds again what it asked for. */
function finish(id: string, job: JobView, options: WaitOptions, deps: Deps): ExitCode {
  if (options.json) printJson(deps, job);
  else printLine(deps, options.quiet ? id : `${safeText(id)}\t${stateWords(job)}`);
  const missed = missedGoal(options.for, job);
  if (missed === undefined) return exitCodes.ok;
  reportError(deps.stderr, missed, { ...options, about: job.title });
  return exitCodes.failed;
}
