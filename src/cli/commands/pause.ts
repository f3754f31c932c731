import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface PauseOptions extends CommonOptions {
  /** Of jobs or videos. */
  readonly ids: readonly string[];
  readonly all: boolean;
}

export const definePause: Define = (command, choose) => {
  command
    .argument('[jobs...]', 'ids of jobs or videos')
    .option('--all', 'everything, also after a restart', false)
    .action((ids: string[], options: Omit<PauseOptions, 'ids'>) => {
      if (options.all === ids.length > 0) command.error('error: name jobs, or --all');
      choose(options, (deps) => runPause({ ...options, ids }, deps));
    });
};

/** Stops working at jobs, or at everything; what is made stays. Prints the ids of the jobs. */
export async function runPause(options: PauseOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const talks = !options.json && !options.quiet;
  if (options.all) {
    const work = await api.pauseAll();
    if (options.json) printJson(deps, work);
    if (talks) sayLine(deps, 'Everything is paused; "kdrama resume --all" goes on.');
  }
  for (const id of options.ids) {
    const job = await api.pause(id);
    if (options.json) printJson(deps, job);
    else printLine(deps, job.jobId);
    if (talks) sayLine(deps, `Paused ${safeText(job.title)}.`);
  }
  return exitCodes.ok;
}
