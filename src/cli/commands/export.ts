import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { VideoView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { openStream, type Incoming } from '../api/open-stream.js';
import type { CommonOptions, Define } from '../command.js';
import { connect, type Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { refuseTaken, writeWholeFile } from '../export/write-file.js';
import { showProgress } from '../export/show-progress.js';
import { withExamples } from '../help/examples.js';
import { formatBytes } from '../output/amounts.js';
import { episodeName } from '../output/episode-words.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { progressMode } from '../progress/mode.js';

export interface ExportOptions extends CommonOptions {
  /** A path; `-`: standard output. */
  readonly output: string;
  /** Name of a rendition; undefined: the best that is complete. */
  readonly quality?: string;
  /** Replace a file that is there. */
  readonly force: boolean;
}

interface Named {
  readonly output?: string;
}

const idleMs = 60_000;

export const defineExport: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama export VIDEO -o episode1.mp4', 'the best quality, to a file'],
    ['kdrama export VIDEO -o - | ffprobe -', 'through a pipe'],
  )
    .argument('<video>', 'id of a video or a job')
    .option('-o, --output <file>', 'where to write it; - is standard output')
    .option(
      '--quality <name>',
      'for example 1080p, or 1080p-hevc where show has it; without it the best H.264',
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
 * Writes a video as one MP4. Throws STREAM_VIDEO_NOT_FOUND, STREAM_NOT_READY, NOT_FOUND (no such
 * quality), FILE_EXISTS, FILE_UNWRITABLE, COMMAND_INVALID (to a terminal).
 */
export async function runExport(id: string, options: ExportOptions, deps: Deps): Promise<ExitCode> {
  const isPipe = options.output === '-';
  if (isPipe && deps.stdout.isTTY === true) {
    throw new KdramaError('COMMAND_INVALID', 'a terminal shows no video', {
      hint: `Name a file, or pipe it on: kdrama export ${id} -o - | ffprobe -`,
    });
  }
  const path = resolve(deps.cwd, options.output);
  if (!isPipe) await refuseTaken(path, options.force);
  const connection = await connect(deps);
  const video = await connection.api.video(id);
  const bytes = await openMp4(video, options, connection, deps);
  if (isPipe) await pipeOn(bytes, deps);
  else {
    const pieces = isWatched(options, deps) ? showProgress(bytes, bytes.sizeBytes, deps) : bytes;
    report(video, path, await writeWholeFile(path, pieces, options.force), options, deps);
  }
  return exitCodes.ok;
}

/** Whether somebody sees how it gets on. */
function isWatched(options: ExportOptions, { stderr, env }: Deps): boolean {
  return progressMode({ ...options, progress: 'auto' }, stderr.isTTY === true, env) === 'live';
}

function openMp4(
  { id }: VideoView,
  { quality }: ExportOptions,
  { server }: Connection,
  { signal }: Deps,
): Promise<Incoming> {
  const query = quality === undefined ? '' : `?quality=${encodeURIComponent(quality)}`;
  return openStream(server, { path: `/stream/${id}${query}`, accept: 'video/mp4', signal, idleMs });
}

/** A reader that has enough has aborted the signal: no error, but not all was written. */
async function pipeOn(bytes: AsyncIterable<Buffer>, { stdout, signal }: Deps): Promise<void> {
  try {
    await pipeline(bytes, stdout, { end: false });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function report(
  video: VideoView,
  path: string,
  sizeBytes: number,
  options: ExportOptions,
  deps: Deps,
): void {
  if (options.json) return printJson(deps, { videoId: video.id, path, sizeBytes });
  printLine(deps, safeText(path));
  if (!options.quiet) sayLine(deps, `Wrote ${episodeName(video)}, ${formatBytes(sizeBytes)}.`);
}
