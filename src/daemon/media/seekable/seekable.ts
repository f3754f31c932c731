import { open, rm } from 'node:fs/promises';
import { toSeconds } from '../../../shared/time.js';
import { canBeDrawn } from '../plan/burned-subtitle.js';
import { demandWholeFile } from './whole-file.js';
import { isRead } from '../plan/describe-sounds.js';
import { inputArguments } from '../ffmpeg/input.js';
import type { Source, SourceStream } from '../source/inspect.js';
import { listPackets } from '../frames/packets.js';
import { pictureOf } from '../source/picture-of.js';
import { runText } from '../ffmpeg/run.js';
import { copyInShowOrder, isOrderUnknown } from './show-order.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { unpackBPictures } from './unpack-b-pictures.js';

/**
 * Transport and program streams have no index: ffmpeg seeks them by guessing and loses frames at
 * the seams of chunks (4 of 6 files, up to two thirds of the frames). As Matroska they are exact.
 * A Matroska of fewer than seven frames of H.264 alone starts at a time that ffmpeg does not find
 * out: it would seek by the file's own clock. Its copy starts at zero. AVI says when a frame is decoded, not
 * when it is shown: with B pictures ffmpeg has some other times after a seek (a frame lost at each seam).
 */
export function isSeekable(source: Source): boolean {
  const isStream = ['mpegts', 'mpeg'].includes(source.format.format_name);
  return !isStream && isStartKnown(source) && saysWhatIsShownWhen(source);
}

function saysWhatIsShownWhen({ format, streams }: Source): boolean {
  return (
    format.format_name !== 'avi' || streams.every(({ has_b_frames: count = 0 }) => count === 0)
  );
}

function isStartKnown({ streams }: Source): boolean {
  return streams.some(({ start_time }) => start_time !== undefined);
}

/** Copies the picture, all sound that is read and the pictures of words into a Matroska file at `to`, synced. */
export async function makeSeekable(
  tools: Tools,
  { from, to, original }: { readonly from: string; readonly to: string; readonly original: Source },
  signal: AbortSignal,
): Promise<void> {
  const sounds = original.streams.filter(isRead);
  const picture = pictureOf(original);
  const unpacked = await unpackBPictures(tools, { from, original, to: `${to}.avi` }, signal);
  const seen = [
    ...(unpacked === undefined ? mapped([picture]) : ['-map', '1:0']),
    ...[...mapped(sounds), ...sounds.flatMap(soundCodec)],
  ];
  const words = mapped(original.streams.filter(canBeDrawn));
  const input = [
    ...[...(await fromZero(tools, from, original, signal)), ...timed(from)],
    ...(unpacked === undefined ? [] : timed(unpacked)),
  ];
  const copied = isOrderUnknown(original) ? `${to}.decoded` : to;
  const copy = (tracks: readonly string[]) =>
    runText(tools.ffmpeg, copyArguments(input, copied, tracks), { signal, timeoutMs: 3_600_000 });
  let { exitCode, stderr } = await copy([...seen, ...words]);
  // Nobody loses the film over broken words.
  if (exitCode !== 0 && words.length > 0) ({ exitCode, stderr } = await copy(seen));
  await demandWholeFile(copied, { exitCode, stderr }, 'the stream cannot be indexed');
  if (unpacked !== undefined) await rm(unpacked, { force: true });
  if (copied !== to) await copyInShowOrder(tools, { from: copied, to }, signal);
  const file = await open(to);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function mapped(streams: readonly SourceStream[]): string[] {
  return streams.flatMap(({ index }) => ['-map', `0:${index}`]);
}

/** What Matroska has no name for: uncompressed sound of discs and studios. */
const unnamed = ['pcm_dvd', 'pcm_bluray', 's302m'];

/** Such a sound is written down as it is, in another order of its bytes. */
function soundCodec({ codec_name = '', sample_fmt }: SourceStream, index: number): string[] {
  if (!unnamed.includes(codec_name)) return [];
  return [`-c:a:${index}`, sample_fmt === 's16' ? 'pcm_s16le' : 'pcm_s24le'];
}

/** What ffmpeg does by itself once it knows where a file starts. */
async function fromZero(
  ...[tools, path, source, signal]: [tools: Tools, path: string, Source, AbortSignal]
): Promise<string[]> {
  if (isStartKnown(source)) return [];
  const packets = await listPackets(tools, path, pictureOf(source).index, signal);
  const start = packets.reduce((first, { ticks = Infinity }) => Math.min(first, ticks), Infinity);
  return Number.isFinite(start) ? ['-itsoffset', (-toSeconds(start)).toFixed(6)] : [];
}

/** An input whose packets get the times that they lack. */
function timed(path: string): string[] {
  return ['-fflags', '+genpts', ...inputArguments(path)];
}

function copyArguments(input: readonly string[], to: string, tracks: readonly string[]): string[] {
  return [
    ...['-v', 'error', '-nostdin', ...input],
    ...['-c', 'copy', ...tracks, '-f', 'matroska', '-y', to],
  ];
}
