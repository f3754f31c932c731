import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface CancelOptions extends CommonOptions {
  /** Of a job or a video. */
  readonly id: string;
}

export const defineCancel: Define = (command, choose) => {
  withExamples(command, ['kdrama cancel JOB', '"kdrama retry JOB" goes on with it later'])
    .argument('<job>', 'id of a job or a video')
    .action((id: string, options: CommonOptions) =>
      choose(options, (deps) => runCancel({ ...options, id }, deps)),
    );
};

/** Cancels a job: its processes stop, source and finished segments stay. Prints the job's id. */
export async function runCancel(options: CancelOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const job = await api.cancel(options.id);
  if (options.json) printJson(deps, job);
  else printLine(deps, job.jobId);
  if (!options.json && !options.quiet) {
    sayLine(deps, `Cancelled ${safeText(job.title)}. What was made of it stays.`);
  }
  return exitCodes.ok;
}
