import { Option } from 'commander';
import type { VideoView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { jobStates } from '../../shared/states.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { parseWhole } from '../input/whole-number.js';
import { findVideos } from '../library/find-videos.js';
import { libraryLines, libraryTable } from '../output/library-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';

const states = [
  'ready',
  'playable',
  ...jobStates.filter((state) => state !== 'completed'),
] as const;

export interface ListOptions extends CommonOptions {
  /** Only videos with all of them. */
  readonly words: readonly string[];
  readonly series?: string;
  readonly season?: number;
  readonly state?: (typeof states)[number];
}

export const defineList: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama list', 'by series, season and episode'],
    ['kdrama list rain --state ready', 'what has a word in its names and can be watched'],
    ["kdrama list --json | jq -r 'select(.playable) | .title'", 'the titles that can be watched'],
  )
    .argument('[words...]', 'only episodes with these in title, series or file name')
    .option('--series <name>', 'only this series, by its whole name')
    .option('--season <number>', 'only this season', parseWhole)
    .addOption(new Option('--state <state>', 'only what is so').choices(states))
    .action((words: string[], options: Omit<ListOptions, 'words'>) =>
      choose(options, (deps) => runList({ ...options, words }, deps)),
    );
};

/**
 * Prints the library: on a terminal by series, season and episode; in a pipe newest first, a row, a
 * JSON value or with `quiet` an id a line.
 */
export async function runList(options: ListOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { season, state } = options;
  const found = await findVideos(options, api);
  const videos = found.filter((video) => isWanted(video, season, state));
  if (options.json) videos.forEach((video) => printJson(deps, video));
  else if (options.quiet) videos.forEach((video) => printLine(deps, video.id));
  else if (videos.length === 0) sayLine(deps, whyNothing(options));
  else if (deps.stdout.isTTY !== true) printTable(deps.stdout, libraryTable(videos));
  else libraryLines(videos, deps.stdout.columns ?? 80).forEach((line) => printLine(deps, line));
  return exitCodes.ok;
}

function isWanted(
  video: VideoView,
  season: ListOptions['season'],
  state: ListOptions['state'],
): boolean {
  if (season !== undefined && video.season !== season) return false;
  if (state === undefined) return true;
  if (state === 'playable') return video.playable;
  return video.status === (state === 'ready' ? 'completed' : state);
}

function whyNothing({ words, series, season, state }: ListOptions): string {
  const isSearch = words.length > 0 || (series ?? season ?? state) !== undefined;
  if (isSearch) return 'No episode is like that; "kdrama list" shows them all.';
  return 'The library is empty. Add an episode: kdrama upload FILE';
}
