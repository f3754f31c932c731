import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { workWords } from '../output/work-words.js';
import type { PauseOptions } from './pause.js';

export const defineResume: Define = (command, choose) => {
  command
    .argument('[jobs...]', 'ids of jobs or videos')
    .option('--all', 'everything that is not paused by itself', false)
    .action((ids: string[], options: Omit<PauseOptions, 'ids'>) => {
      if (options.all === ids.length > 0) command.error('error: name jobs, or --all');
      choose(options, (deps) => runResume({ ...options, ids }, deps));
    });
};

/** Goes on with paused jobs, or with everything. Prints the ids of the jobs. */
export async function runResume(options: PauseOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const talks = !options.json && !options.quiet;
  if (options.all) {
    const work = await api.resumeAll();
    if (options.json) printJson(deps, work);
    if (talks) sayLine(deps, workWords(work) ?? 'Going on.');
  }
  for (const id of options.ids) {
    const job = await api.resume(id);
    if (options.json) printJson(deps, job);
    else printLine(deps, job.jobId);
    if (talks) sayLine(deps, `Going on with ${safeText(job.title)}.`);
  }
  return exitCodes.ok;
}
