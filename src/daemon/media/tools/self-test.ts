import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KdramaError } from '../../../shared/errors.js';
import type { VideoTraits } from '../../../shared/renditions.js';
import { ticksPerSecond } from '../../../shared/time.js';
import { encodeArguments, type Acceleration } from '../arguments/encode.js';
import { fitFrames } from '../segments/fit-frames.js';
import { writeInitSegment } from '../fmp4/init.js';
import { readStream } from '../fmp4/stream-reader.js';
import { frameTicks } from '../frames/frame-times.js';
import { listPackets } from '../frames/packets.js';
import { runPiped, runText } from '../ffmpeg/run.js';
import { pictureSegmenter, type SegmentSamples } from '../segments/segmenter.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

const second = ticksPerSecond;
const picture: VideoTraits = {
  ...{ kind: 'video', stream: 0, width: 128, height: 72, frameRate: 25, codecs: 'avc1.640015' },
  ...{ bandwidthBound: 0, maxBitRate: 500_000, reorderTicks: 7200 },
};

/**
 * Proves that a pair does what everything rests on: two chunks of a made clip come out with every
 * frame, at its time, under one init segment. Throws TRANSCODE_FAILED saying what is wrong.
 */
export async function provePair(tools: Tools): Promise<void> {
  const chunks = await withClip(tools, picture, async (clip) => [
    await encodeSample({ tools, clip, picture, boundaries: [0, second] }),
    await encodeSample({ tools, clip, picture, boundaries: [second, 2 * second] }),
  ]);
  const [first, next] = chunks.map(({ moov }) => writeInitSegment(moov, picture.reorderTicks));
  if (first === undefined || next?.equals(first) !== true) {
    throw new KdramaError('TRANSCODE_FAILED', 'init segments differ');
  }
}

export interface SampleClip {
  readonly path: string;
  /** Times of the frames in a range, in ticks. */
  readonly framesIn: (range: readonly [number, number]) => readonly number[];
}

/** Two seconds of moving picture of this size, while `use` runs. */
export async function withClip<T>(
  tools: Tools,
  size: Pick<VideoTraits, 'width' | 'height'>,
  use: (clip: SampleClip) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  // A daemon that is stopped meanwhile does not come to the end of this.
  process.once('exit', remove);
  try {
    const path = join(directory, 'clip.mkv');
    await makeClip(tools, size, path);
    const packets = await listPackets(tools, path, 0, AbortSignal.timeout(30_000));
    return await use({ path, framesIn: (range) => frameTicks(packets, range) ?? [] });
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function makeClip(
  tools: Tools,
  { width, height }: Pick<VideoTraits, 'width' | 'height'>,
  path: string,
): Promise<void> {
  const { exitCode, stderr } = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=25:d=2`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p'],
      ...['-g', '30', '-bf', '2', '-y', path],
    ],
    { timeoutMs: 20_000 },
  );
  if (exitCode !== 0) throw new KdramaError('TRANSCODE_FAILED', `no libx264 (${stderr})`);
}

export interface SampleRequest {
  readonly tools: Tools;
  readonly clip: SampleClip;
  readonly picture: VideoTraits;
  /** In ticks; up to two seconds. */
  readonly boundaries: readonly number[];
  readonly acceleration?: Acceleration | undefined;
}

export interface EncodedSample {
  readonly moov: Buffer;
  /** One a segment, each compared with the clip's frames. */
  readonly segments: readonly SegmentSamples[];
}

/** A chunk of the clip as a task would make it. Throws TRANSCODE_FAILED when a frame is missing. */
export async function encodeSample(request: SampleRequest): Promise<EncodedSample> {
  const { tools, clip, boundaries, acceleration } = request;
  const isLast = boundaries.at(-1) === 2 * second;
  const args = encodeArguments({
    ...{ source: clip.path, pictures: [request.picture], boundaries, isLast, acceleration },
  });
  const run = runPiped(tools.ffmpeg, args, 1, AbortSignal.timeout(20_000));
  run.stdout.resume();
  const read = await readSample(run.outputs[0] ?? run.stdout, boundaries).catch(
    (error: unknown) => ({ error }),
  );
  const { exitCode, stderr } = await run.ended;
  if ('error' in read || exitCode !== 0) {
    throw new KdramaError('TRANSCODE_FAILED', stderr || 'it made nothing', {
      cause: 'error' in read ? read.error : undefined,
    });
  }
  boundaries.slice(1).forEach((end, number) => {
    const expected = clip.framesIn([boundaries[number] ?? 0, end]);
    const fitted = fitFrames(read.segments[number]?.samples ?? [], expected);
    if (!fitted.ok) throw new KdramaError('TRANSCODE_FAILED', fitted.difference);
  });
  return read;
}

async function readSample(
  stream: AsyncIterable<Uint8Array>,
  boundaries: readonly number[],
): Promise<EncodedSample> {
  const segmenter = pictureSegmenter(boundaries, 0, boundaries.length - 1);
  const segments: SegmentSamples[] = [];
  let moov: Buffer | undefined;
  for await (const part of readStream(stream)) {
    if (part.kind === 'header') moov = part.moov;
    else segments.push(...segmenter.push(part.samples));
  }
  if (moov === undefined) throw new RangeError('it made nothing');
  return { moov, segments: [...segments, ...segmenter.finish()] };
}
