import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import type { VideoTraits } from '../../shared/renditions.js';
import { ticksPerSecond } from '../../shared/time.js';
import { encodeArguments } from './arguments/encode.js';
import { fitFrames } from './fit-frames.js';
import { writeInitSegment } from './fmp4/init.js';
import { readStream } from './fmp4/stream-reader.js';
import { frameTicks } from './frame-times.js';
import { listPackets } from './packets.js';
import { runPiped, runText } from './run.js';
import { pictureSegmenter, type SegmentSamples } from './segmenter.js';
import type { Tools } from './tool-pair.js';

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
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-'));
  try {
    const clip = join(directory, 'clip.mkv');
    await makeClip(tools, clip);
    const signal = AbortSignal.timeout(30_000);
    const packets = await listPackets(tools, clip, 0, signal);
    const boundaries = [0, second, 2 * second];
    const inits = await Promise.all(
      [0, 1].map((number) =>
        proveChunk(tools, clip, boundaries, number, (range) => frameTicks(packets, range) ?? []),
      ),
    );
    if (inits[0] !== inits[1]) throw new KdramaError('TRANSCODE_FAILED', 'init segments differ');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function makeClip(tools: Tools, path: string): Promise<void> {
  const { exitCode, stderr } = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'testsrc2=s=128x72:r=25:d=2'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '30', '-bf', '2', '-y', path],
    ],
    { timeoutMs: 20_000 },
  );
  if (exitCode !== 0) throw new KdramaError('TRANSCODE_FAILED', `no libx264 (${stderr})`);
}

async function proveChunk(
  tools: Tools,
  source: string,
  boundaries: readonly number[],
  number: number,
  framesIn: (range: readonly [number, number]) => readonly number[],
): Promise<string> {
  const [from = 0, to = 0] = boundaries.slice(number, number + 2);
  const isLast = number === boundaries.length - 2;
  const args = encodeArguments({
    ...{ source, pictures: [picture], isLast },
    boundaries: [from, to],
  });
  const run = runPiped(tools.ffmpeg, args, 1, AbortSignal.timeout(20_000));
  run.stdout.resume();
  const segmenter = pictureSegmenter(boundaries, number, number + 1);
  const segments: SegmentSamples[] = [];
  let init = '';
  for await (const part of readStream(run.outputs[0] ?? run.stdout)) {
    if (part.kind === 'header')
      init = writeInitSegment(part.moov, picture.reorderTicks).toString('base64');
    else segments.push(...segmenter.push(part.samples));
  }
  segments.push(...segmenter.finish());
  const fitted = fitFrames(segments[0]?.samples ?? [], framesIn([from, to]));
  if (!fitted.ok) throw new KdramaError('TRANSCODE_FAILED', fitted.difference);
  return init;
}
