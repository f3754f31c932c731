import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface RetryOptions extends CommonOptions {
  /** Of a job or a video. */
  readonly id: string;
}

export const defineRetry: Define = (command, choose) => {
  withExamples(command, ['kdrama retry JOB', 'makes what is missing'])
    .argument('<job>', 'id of a job or a video')
    .action((id: string, options: CommonOptions) =>
      choose(options, (deps) => runRetry({ ...options, id }, deps)),
    );
};

/** Goes on with a failed or cancelled job: only what is missing is made. Prints the job's id. */
export async function runRetry(options: RetryOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const job = await api.retry(options.id);
  if (options.json) printJson(deps, job);
  else printLine(deps, job.jobId);
  if (!options.json && !options.quiet) sayLine(deps, `Going on with ${safeText(job.title)}.`);
  return exitCodes.ok;
}
