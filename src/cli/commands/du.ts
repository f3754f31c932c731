import type { UsageView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { formatBytes } from '../output/amounts.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable, type Table } from '../output/table.js';

export const defineDu: Define = (command, choose) => {
  withExamples(command, ['kdrama du', 'the largest first']).action((options: CommonOptions) =>
    choose(options, (deps) => runDu(options, deps)),
  );
};

/** Prints what each video takes on the disk, the largest first, and all together; with `quiet` the ids. */
export async function runDu({ json, quiet }: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { videos, total } = await api.usage();
  if (json) videos.forEach((video) => printJson(deps, video));
  else if (quiet) videos.forEach(({ videoId }) => printLine(deps, videoId));
  else printTable(deps.stdout, usageTable(videos));
  if (!json && !quiet) {
    const [sources, renditions] = [total.sourceBytes, total.renditionBytes].map(formatBytes);
    const all = formatBytes(total.sourceBytes + total.renditionBytes);
    sayLine(
      deps,
      `${total.videos === 1 ? '1 video takes' : `${total.videos} videos take`} ${all}: sources ${sources}, made ${renditions}.`,
    );
  }
  return exitCodes.ok;
}

function usageTable(videos: UsageView['videos']): Table {
  return {
    headings: ['VIDEO', 'TOTAL', 'SOURCE', 'MADE', 'TITLE'],
    rows: videos.map(({ videoId, title, sourceBytes, renditionBytes }) => [
      videoId,
      ...[sourceBytes + renditionBytes, sourceBytes, renditionBytes].map(formatBytes),
      safeText(title),
    ]),
  };
}
