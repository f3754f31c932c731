import type { VideoView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { formatDuration } from '../output/amounts.js';
import { episodeNumber, stateWords } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';

export const defineList: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama list', 'the newest first'],
    ["kdrama list --json | jq -r 'select(.playable) | .title'", 'the titles that can be watched'],
  ).action((options: CommonOptions) => choose(options, (deps) => runList(options, deps)));
};

/** Prints the library, newest first: a table, NDJSON, or with `quiet` the ids. */
export async function runList(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const videos = await api.videos();
  if (options.json) videos.forEach((video) => printJson(deps, video));
  else if (options.quiet) videos.forEach((video) => printLine(deps, video.id));
  else if (videos.length > 0) printTable(deps.stdout, { headings, rows: videos.map(row) });
  else sayLine(deps, 'The library is empty. Add an episode: kdrama upload FILE');
  return exitCodes.ok;
}

const headings = ['VIDEO', 'STATE', 'LENGTH', 'EPISODE', 'SERIES', 'TITLE'];

function row(video: VideoView): string[] {
  return [
    video.id,
    stateWords(video),
    video.duration > 0 ? formatDuration(video.duration) : '',
    episodeNumber(video),
    safeText(video.series),
    safeText(video.title),
  ];
}
