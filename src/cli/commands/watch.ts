import { Option, type Command } from 'commander';
import type { WatchView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Api } from '../api/client.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { isLoopback } from '../daemon/address.js';
import { connect } from '../daemon/connect.js';
import { startIfNeeded } from '../daemon/start-if-needed.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { parseSeconds } from '../input/seconds.js';
import { withTimeout } from '../interruption.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';
import { watchedFileTable, watchSentence, watchTable } from '../output/watch-text.js';
import { eachFolder } from '../watch/each-folder.js';
import { findWatch } from '../watch/find-watch.js';
import { lookOnce } from '../watch/look-once.js';
import type { WatchOptions } from '../watch/options.js';
import { watchRequest } from '../watch/request.js';

export const defineWatch: Define = (command, choose) => {
  describeWatch(command).action((folders: string[], options: Omit<WatchOptions, 'folders'>) => {
    if (folders.length === 0) command.error('error: name a folder');
    choose(options, (deps) => runWatch({ ...options, folders }, deps));
  });
  const sub = (words: string, about: string) =>
    withCommonOptions(command.command(words).description(about));
  withExamples(
    sub('list [folder]', 'list the watched folders, or what became of each file of one'),
    ['kdrama watch list ~/Videos', 'each file and what became of it'],
  ).action((folder: string | undefined, options: CommonOptions) =>
    choose(options, (deps) =>
      folder === undefined ? runWatchList(options, deps) : runWatchedFiles(folder, options, deps),
    ),
  );
  withExamples(sub('remove <folders...>', 'watch folders no longer; files and episodes stay'), [
    'kdrama watch remove ~/Videos',
    'what is there stays',
  ]).action((folders: string[], options: CommonOptions) =>
    choose(options, (deps) => runWatchRemove(folders, options, deps)),
  );
};

function describeWatch(command: Command): Command {
  return withExamples(
    command,
    ['kdrama watch ~/Videos', 'what is put there becomes an episode'],
    ['kdrama watch --once --move /mnt/stick', 'whatever is there now, and take it away'],
  )
    .argument('[folders...]', 'folders; ./list for one of that name')
    .option('--once', 'until every file that is there has ended, then no longer', false)
    .addOption(
      new Option('--move', 'remove a file once it is safely in the library').conflicts('keep'),
    )
    .addOption(new Option('--keep', 'leave files where they are (default)'))
    .option('--poll', 'look again and again, where the system does not tell of changes')
    .option('--timeout <seconds>', 'of --once: give up then (90, 10m), exit code 124', parseSeconds)
    .addHelpText(
      'after',
      '\nA file is added when it has stood still and can be read to its end, so one that\n' +
        'is still being copied or downloaded waits.',
    );
}

/** Has folders watched from now on (or looked through once), starting the daemon when none runs. */
export async function runWatch(options: WatchOptions, deps: Deps): Promise<ExitCode> {
  const { api, server } = await startIfNeeded(options, deps);
  if (!isLoopback(server.url) && !options.json && !options.quiet) {
    sayLine(deps, `KDRAMA_HOST is set: folders are those of the computer at ${server.url}.`);
  }
  if (!options.once) {
    return eachFolder(options.folders, options, deps, (folder) => add(folder, options, api, deps));
  }
  const limited = { ...deps, signal: withTimeout(deps.signal, options.timeout) };
  return eachFolder(options.folders, options, deps, (folder) =>
    lookOnce(folder, options, { api, deps: limited }),
  );
}

async function add(
  folder: string,
  options: WatchOptions,
  api: Pick<Api, 'addWatch'>,
  deps: Deps,
): Promise<ExitCode> {
  const watch = await api.addWatch(watchRequest(folder, options, deps.cwd));
  if (options.json) printJson(deps, watch);
  else printLine(deps, options.quiet ? watch.id : `${watch.id}\t${safeText(watch.path)}`);
  if (!options.json && !options.quiet) explain(watch, deps);
  return exitCodes.ok;
}

function explain(watch: WatchView, deps: Deps): void {
  const fate =
    watch.mode === 'move' ? 'and removed once they are in the library' : 'and stay where they are';
  sayLine(deps, `Whole video files in ${safeText(watch.path)} are added, ${fate}.`);
  sayLine(deps, '"kdrama watch list" shows how it goes, "kdrama watch remove FOLDER" ends it.');
}

/** Prints the watched folders: a table, NDJSON, or with `quiet` the ids. */
export async function runWatchList(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const watches = await api.watches();
  if (options.json) watches.forEach((watch) => printJson(deps, watch));
  else if (options.quiet) watches.forEach(({ id }) => printLine(deps, id));
  else if (watches.length > 0) printTable(deps.stdout, watchTable(watches));
  else sayLine(deps, 'No folder is watched. Watch one: kdrama watch FOLDER');
  if (!options.json && !options.quiet) {
    const away = watches.filter(({ error }) => error !== null);
    away.forEach((watch) => sayLine(deps, watchSentence(watch)));
  }
  return exitCodes.ok;
}

/** Prints every file of one folder; why some are refused is said on stderr. */
export async function runWatchedFiles(
  folder: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { id, mode } = await findWatch(api, folder, deps.cwd);
  const files = await api.watchedFiles(id);
  if (options.json) files.forEach((file) => printJson(deps, file));
  else if (options.quiet) files.forEach(({ videoId }) => videoId && printLine(deps, videoId));
  else if (files.length > 0) printTable(deps.stdout, watchedFileTable(files, mode));
  if (options.json || options.quiet) return exitCodes.ok;
  for (const { path, error } of files) {
    if (error !== null) sayLine(deps, safeText(`${path}: ${error.message}`));
  }
  return exitCodes.ok;
}

/** Each where it is, or by its id. */
export async function runWatchRemove(
  folders: readonly string[],
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  return eachFolder(folders, options, deps, async (folder) => {
    const { id, path, origin } = await findWatch(api, folder, deps.cwd);
    if (origin === 'config') throw isConfigured(path);
    await api.removeWatch(id);
    if (options.json) printJson(deps, { id, path });
    else printLine(deps, id);
    if (!options.json && !options.quiet) {
      sayLine(deps, `${safeText(path)} is watched no longer; its files and episodes stay.`);
    }
    return exitCodes.ok;
  });
}

/** What the daemon would say, too, but for what helps: it cannot change its config.toml. */
function isConfigured(path: string): KdramaError {
  return new KdramaError('WATCH_CONFLICT', undefined, {
    message: `The configuration names ${path}, so it is watched`,
    hint: 'Take it out of watch.folders in config.toml (or of KDRAMA_WATCH_FOLDERS), then: kdrama restart',
  });
}
