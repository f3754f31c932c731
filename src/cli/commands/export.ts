import { resolve } from 'node:path';
import { Option } from 'commander';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { chooseContents, leftOutWords, type Chosen, type Wish } from '../export/choose-contents.js';
import { containerOf, containers, type Container } from '../export/container.js';
import { showProgress } from '../export/show-progress.js';
import { sayWaits, silent } from '../export/waiting.js';
import { pipeExport, writeExport, type Listener } from '../export/write-export.js';
import { refuseTaken, writeWholeFile } from '../export/write-file.js';
import { withExamples } from '../help/examples.js';
import { formatBytes } from '../output/amounts.js';
import { episodeName } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { progressMode } from '../progress/mode.js';

export interface ExportOptions extends CommonOptions, Omit<Wish, 'container'> {
  /** undefined: by the name of the file. */
  readonly container?: Container;
  /** Replace a file that is there. */
  readonly force: boolean;
}

interface Named {
  readonly output?: string;
}

export const defineExport: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama export VIDEO -o episode1.mp4', 'the best quality, with all sounds and subtitles'],
    ['kdrama export VIDEO -o episode1.mkv --audio ko --subtitles en,ko', 'some of them'],
    ['kdrama export VIDEO -o - | ffprobe -', 'through a pipe'],
  )
    .argument('<video>', 'id of a video or a job')
    .option('-o, --output <file>', 'where to write it, .mp4 or .mkv; - is standard output')
    .option(
      '--quality <name>',
      'for example 1080p, or 1080p-hevc where show has it; without it the best H.264; waits for what is not made yet',
    )
    .option('--audio <which>', 'all, none, or languages: ko,en', 'all')
    .option('--subtitles <which>', 'all, none, or languages: ko,en', 'all')
    .addOption(
      new Option('--container <kind>', 'instead of what the file is named').choices(containers),
    )
    .option('--force', 'replace the file if it is there', false)
    .action((id: string, { output, ...rest }: Omit<ExportOptions, 'output'> & Named) => {
      if (output === undefined) command.error(nameTheFile(id));
      else choose(rest, (deps) => runExport(id, { ...rest, output }, deps));
    });
};

function nameTheFile(id: string): string {
  return `error: name the file to write: kdrama export ${id} -o episode.mp4`;
}

/**
 * Writes a video as one MP4 or Matroska file. Throws STREAM_VIDEO_NOT_FOUND, STREAM_NOT_READY, NOT_FOUND (no
 * such quality, sound or subtitle), FILE_EXISTS, FILE_UNWRITABLE, FFMPEG_UNAVAILABLE, DAEMON_INCOMPATIBLE,
 * COMMAND_INVALID (to a terminal, or a file named as no container).
 */
export async function runExport(id: string, options: ExportOptions, deps: Deps): Promise<ExitCode> {
  const isPipe = options.output === '-';
  if (isPipe && deps.stdout.isTTY === true) {
    throw new KdramaError('COMMAND_INVALID', 'a terminal shows no video', {
      hint: `Name a file, or pipe it on: kdrama export ${id} -o - | ffprobe -`,
    });
  }
  const path = resolve(deps.cwd, options.output);
  const container = options.container ?? containerOf(options.output);
  if (!isPipe) await refuseTaken(path, options.force);
  const connection = await connect(deps);
  const contents = await chooseContents(id, { ...options, container }, connection.api, deps);
  const isTalking = !options.quiet && !options.json;
  if (isTalking) for (const each of contents.leftOut) sayLine(deps, leftOutWords(each));
  const isSeen = !isPipe && isWatched(options, deps);
  const waits = isTalking ? sayWaits(deps, isSeen) : silent;
  if (isPipe) {
    await pipeExport(contents, connection, deps, { waits, watch: (pieces) => pieces });
  } else {
    const watch: Listener['watch'] = (pieces) =>
      isSeen ? showProgress(pieces, pieces.sizeBytes, deps) : pieces;
    const fill = (partial: string) =>
      writeExport(contents, partial, connection, deps, { waits, watch });
    const sizeBytes = await writeWholeFile(path, fill, options.force);
    report(contents, path, sizeBytes, options, deps);
  }
  return exitCodes.ok;
}

/** Whether somebody sees how it gets on. */
function isWatched(options: ExportOptions, { stderr, env }: Deps): boolean {
  return progressMode({ ...options, progress: 'auto' }, stderr.isTTY === true, env) === 'live';
}

function report(
  { video, leftOut }: Chosen,
  path: string,
  sizeBytes: number,
  options: ExportOptions,
  deps: Deps,
): void {
  if (options.json) return printJson(deps, { videoId: video.id, path, sizeBytes, leftOut });
  printLine(deps, safeText(path));
  if (!options.quiet) sayLine(deps, `Wrote ${episodeName(video)}, ${formatBytes(sizeBytes)}.`);
}
