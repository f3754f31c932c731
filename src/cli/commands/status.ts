import { Option, type Command } from 'commander';
import type { JobView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { finalJobStates, type JobState } from '../../shared/states.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { followJob } from '../follow/follow-job.js';
import { onJobChange } from '../follow/job-change.js';
import { jobLines, jobTable } from '../output/job-text.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';
import { watchSentence } from '../output/watch-text.js';
import { watchedFolders } from '../watch/watched-folders.js';

export interface StatusOptions extends CommonOptions {
  /** Of a job or a video; undefined: everything that runs or waits. */
  readonly id: string | undefined;
  readonly follow: boolean;
  readonly exitStatus: boolean;
}

export const defineStatus: Define = (command: Command, choose) => {
  command
    .argument('[job]', 'id of a job or a video')
    .addOption(new Option('-f, --follow', 'go on until the job is final').default(false))
    .option('--exit-status', 'exit 8 while it runs, 1 when it failed', false)
    .action((id: string | undefined, options: Omit<StatusOptions, 'id'>) => {
      if (id === undefined && options.follow) command.error("error: '--follow' needs a job");
      choose(options, (deps) =>
        id === undefined ? runStatus(options, deps) : runJobStatus({ ...options, id }, deps),
      );
    });
};

const unfinished: readonly JobState[] = ['processing', 'queued', 'submitted', 'paused'];

/** Prints what runs and waits: a table, NDJSON, or with `quiet` the ids. */
export async function runStatus(
  options: CommonOptions & Pick<StatusOptions, 'exitStatus'>,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const isForPerson = !options.json && !options.quiet;
  const [jobs, watches] = await Promise.all([
    api.jobs(unfinished),
    isForPerson ? watchedFolders(api) : [],
  ]);
  if (options.json) jobs.forEach((job) => printJson(deps, job));
  else if (options.quiet) jobs.forEach((job) => printLine(deps, job.jobId));
  else if (jobs.length > 0) printTable(deps.stdout, jobTable(jobs, deps.clock.now()));
  else sayLine(deps, 'Nothing runs or waits.');
  watches.forEach((watch) => sayLine(deps, watchSentence(watch)));
  return options.exitStatus && jobs.length > 0 ? exitCodes.running : exitCodes.ok;
}

/** Prints everything about one job, at once or (`follow`) line by line until it is final. */
export async function runJobStatus(
  options: StatusOptions & { readonly id: string },
  deps: Deps,
): Promise<ExitCode> {
  const connection = await connect(deps);
  const job = options.follow ? await follow(options, deps) : await connection.api.job(options.id);
  if (options.json) printJson(deps, job);
  else if (options.quiet) printLine(deps, job.status);
  else
    jobLines(job, connection.server.url, deps.clock.now()).forEach((line) => printLine(deps, line));
  return options.exitStatus ? exitStatusOf(job) : exitCodes.ok;
}

/** What `--exit-status` says: 0 ready, 8 still running or waiting, 1 failed or cancelled. */
export function exitStatusOf(job: Pick<JobView, 'status'>): ExitCode {
  if (job.status === 'completed') return exitCodes.ok;
  return finalJobStates.includes(job.status) ? exitCodes.failed : exitCodes.running;
}

function follow(options: StatusOptions & { readonly id: string }, deps: Deps): Promise<JobView> {
  const { clock, signal } = deps;
  const talk = onJobChange((words) => sayLine(deps, safeText(`${options.id}: ${words}`)));
  return followJob(
    options.id,
    { connect: async () => (await connect(deps)).api, clock, signal },
    (job) => finalJobStates.includes(job.status),
    options.json || options.quiet ? undefined : talk,
  );
}
