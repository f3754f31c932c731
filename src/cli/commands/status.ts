import { Option, type Command } from 'commander';
import type { JobView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { finalJobStates, type JobState } from '../../shared/states.js';
import type { CommonOptions, Define } from '../command.js';
import { connect, type Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { followEvents } from '../follow/follow-events.js';
import { followJob } from '../follow/follow-job.js';
import { jobPaceWords, onJobChange } from '../follow/job-change.js';
import { withExamples } from '../help/examples.js';
import { jobLines, jobTable, renditionLines } from '../output/job-text.js';
import { stripLines, stripSigns } from '../output/plan-strip.js';
import { safeText } from '../output/safe-text.js';
import { columnsOf, printJson, printLine, printParts, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';
import { watchSentence } from '../output/watch-text.js';
import { workWords } from '../output/work-words.js';
import { watchedFolders } from '../watch/watched-folders.js';

export interface StatusOptions extends CommonOptions {
  /** Of a job or a video; undefined: everything that runs or waits. */
  readonly id: string | undefined;
  readonly follow: boolean;
  readonly exitStatus: boolean;
}

export const defineStatus: Define = (command: Command, choose) => {
  withExamples(
    command,
    ['kdrama status', 'what runs and waits'],
    ['kdrama status --follow JOB', 'one job, until it is done'],
    ['kdrama status --exit-status JOB && echo ready', 'in a script'],
  )
    .argument('[job]', 'id of a job or a video')
    .addOption(
      new Option(
        '-f, --follow',
        'go on: with one job until it is final, else until Ctrl-C',
      ).default(false),
    )
    .option('--exit-status', 'exit 8 while it runs, 1 when it failed', false)
    .action((id: string | undefined, options: Omit<StatusOptions, 'id'>) => {
      choose(options, (deps) => {
        if (options.json && options.follow) return runEvents({ ...options, id }, deps);
        return id === undefined ? runStatus(options, deps) : runJobStatus({ ...options, id }, deps);
      });
    });
};

const unfinished: readonly JobState[] = ['processing', 'queued', 'submitted', 'paused'];

/** Prints what runs and waits: a table, NDJSON, or with `quiet` the ids; `follow` says what changes. */
export async function runStatus(
  options: CommonOptions & Pick<StatusOptions, 'exitStatus' | 'follow'>,
  deps: Deps,
): Promise<ExitCode> {
  const { api, health } = await connect(deps);
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
  const held = workWords(health.work);
  if (held !== undefined && isForPerson) sayLine(deps, held);
  if (options.follow) await sayChanges(deps);
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
  else await printJob(job, connection, deps);
  return options.exitStatus ? exitStatusOf(job) : exitCodes.ok;
}

async function printJob(job: JobView, { server, api }: Connection, deps: Deps): Promise<void> {
  const columns = columnsOf(deps.stdout);
  printParts(deps, [
    jobLines(job, server.url, deps.clock.now()),
    stripLines(await api.plan(job.jobId), columns, stripSigns(deps.env)),
    renditionLines(job.renditions, columns),
  ]);
}

/** `--json --follow`: events, one JSON value a line, as they happen. */
async function runEvents(options: StatusOptions, deps: Deps): Promise<ExitCode> {
  for await (const event of followEvents(options.id, eventSource(deps))) {
    printJson(deps, event);
    const isEnd = event.data !== null && finalJobStates.includes(event.data.status);
    if (options.id === undefined || !isEnd) continue;
    return options.exitStatus ? exitStatusOf(event.data) : exitCodes.ok;
  }
  return exitCodes.ok;
}

/** A line for each change of any job, until the command is interrupted. */
async function sayChanges(deps: Deps): Promise<void> {
  const changes = new Map<string, (job: JobView) => void>();
  for await (const { data: job } of followEvents(undefined, eventSource(deps))) {
    if (job === null) continue;
    const say = changes.get(job.jobId) ?? jobTalk(deps);
    changes.set(job.jobId, say);
    say(job);
  }
}

/** `Rain: encoding 40%, playable, 2.4×, 0:40 left`, once for each change. */
function jobTalk(deps: Deps): (job: JobView) => void {
  return onJobChange((_, job) => {
    const words = jobPaceWords(job, deps.clock.now());
    sayLine(deps, safeText(`${job.title}: ${words}`));
  });
}

function eventSource(deps: Deps) {
  return { connect: () => connect(deps), clock: deps.clock, signal: deps.signal };
}

/** What `--exit-status` says: 0 ready, 8 still running or waiting, 1 failed or cancelled. */
export function exitStatusOf(job: Pick<JobView, 'status'>): ExitCode {
  if (job.status === 'completed') return exitCodes.ok;
  return finalJobStates.includes(job.status) ? exitCodes.failed : exitCodes.running;
}

function follow(options: StatusOptions & { readonly id: string }, deps: Deps): Promise<JobView> {
  const { clock, signal } = deps;
  return followJob(
    options.id,
    { connect: async () => (await connect(deps)).api, clock, signal },
    (job) => finalJobStates.includes(job.status),
    options.json || options.quiet ? undefined : jobTalk(deps),
  );
}
