import type { WatchedFileView, WatchView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Api } from '../api/client.js';
import { remoteError } from '../api/remote-error.js';
import type { CommonOptions } from '../command.js';
import type { Clock, Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { reportError } from '../output/report-error.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { watchedFileCells, watchSentence } from '../output/watch-text.js';
import type { WatchOptions } from './options.js';
import { watchRequest } from './request.js';

const firstPauseMs = 100;
const longestPauseMs = 1000;

/**
 * Has a folder looked through, waits until each file in it has ended in a video or a reason, and
 * prints them. Ctrl-C only detaches: the daemon goes on.
 */
export async function lookOnce(
  folder: string,
  options: WatchOptions,
  { api, deps }: { readonly api: Api; readonly deps: Deps },
): Promise<ExitCode> {
  const { clock, signal, cwd } = deps;
  const since = clock.now();
  const { id } = await api.addWatch(watchRequest(folder, options, cwd));
  const talk = onChange((line) => sayLine(deps, line));
  const onView = options.json || options.quiet ? () => undefined : talk;
  await untilSettled(id, { api, clock, signal }, onView);
  const files = (await api.watchedFiles(id)).filter(
    ({ present, updatedAt }) => present || Date.parse(updatedAt) >= since,
  );
  return exitCodeOfSeveral(files.map((file) => printFile(file, options, deps)));
}

/** Throws the folder's own error when it is away. */
async function untilSettled(
  id: string,
  { api, clock, signal }: { api: Pick<Api, 'watch'>; clock: Clock; signal: AbortSignal },
  onView: (watch: WatchView) => void,
): Promise<void> {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const watch = await api.watch(id);
    if (watch.error !== null) throw remoteError(watch.error.code, watch.error.message);
    if (watch.settled) return;
    onView(watch);
    await clock.sleep(pause, signal);
  }
}

function onChange(say: (line: string) => void): (watch: WatchView) => void {
  let last: string | undefined;
  return (watch) => {
    const line = watchSentence(watch);
    if (line !== last) say(line);
    last = line;
  };
}

/** A line of data for each file, and of those that became no video, why. */
function printFile(file: WatchedFileView, options: CommonOptions, deps: Deps): ExitCode {
  const { path, videoId, error } = file;
  if (options.json) printJson(deps, file);
  else if (!options.quiet) printLine(deps, watchedFileCells(file).join('\t'));
  else if (videoId !== null) printLine(deps, videoId);
  if (error === null) return exitCodes.ok;
  const known = remoteError(error.code, error.message);
  if (!options.json) reportError(deps.stderr, known, { ...options, about: path });
  return exitCodeOf(known);
}
