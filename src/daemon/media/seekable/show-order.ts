import { rm } from 'node:fs/promises';
import { KdramaError } from '../../../shared/errors.js';
import { askFfprobe } from '../ffmpeg/ask-ffprobe.js';
import { retimeFrames } from '../container/retime.js';
import { inputArguments } from '../ffmpeg/input.js';
import type { Source } from '../source/inspect.js';
import { pictureOf } from '../source/picture-of.js';
import { runText } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { demandWholeFile } from './whole-file.js';

const problem = 'its pictures cannot be put in order';
const limits = { timeoutMs: 3_600_000 };

/** Kinds of pictures do not say in which order these are shown. */
const orderedFreely = ['h264', 'hevc'];

/** AVI says when a frame is decoded. When it is shown ffmpeg reckons, from what kind of picture it is. */
export function isOrderUnknown(source: Source): boolean {
  const { codec_name, has_b_frames = 0 } = pictureOf(source);
  const isAvi = source.format.format_name === 'avi';
  return isAvi && has_b_frames > 0 && orderedFreely.includes(codec_name ?? '');
}

/**
 * Copies a Matroska file whose picture has its frames at the times of decoding to `to`, with the times at which they are
 * shown: the same, in the order in which a decoder shows them. `from` is gone then. Costs a decode.
 */
export async function copyInShowOrder(
  tools: Tools,
  { from, to }: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<void> {
  const shown = await listInShowOrder(tools, from, signal);
  const ascending = shown.toSorted((a, b) => a - b);
  const times = new Map(shown.map((decoded, n) => [decoded, ascending[n] ?? decoded]));
  try {
    await retimeFrames(from, times, signal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new KdramaError('TRANSCODE_FAILED', `${problem} (too far apart)`, { cause: error });
  }
  // The index is made anew.
  const copy = [...inputArguments(from), '-map', '0', '-c', 'copy', '-f', 'matroska', '-y', to];
  const run = await runText(tools.ffmpeg, ['-v', 'error', '-nostdin', ...copy], {
    signal,
    ...limits,
  });
  await demandWholeFile(to, run, problem);
  await rm(from, { force: true });
}

/** The times that shown frames have in the file, in milliseconds; ffprobe before 5 calls them pkt_pts. */
async function listInShowOrder(
  tools: Tools,
  path: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const frames = ['-select_streams', 'v:0', '-show_entries', 'frame=pts,pkt_pts'];
  const asked = [...frames, '-of', 'compact=p=0'];
  const { stdout, stderr, exitCode } = await askFfprobe(tools, path, asked, { signal, ...limits });
  if (exitCode !== 0) throw new KdramaError('TRANSCODE_FAILED', `${problem} (${stderr})`);
  return [...stdout.matchAll(/^(?:pkt_)?pts=(\d+)/gm)].map(([, pts]) => Number(pts));
}
