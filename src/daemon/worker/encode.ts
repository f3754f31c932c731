import { KdramaError } from '../../shared/errors.js';
import { isUniversal, type VideoTraits } from '../../shared/renditions.js';
import { toTicks } from '../../shared/time.js';
import { cpuEncoder } from '../media/arguments/cpu-encoder.js';
import { encodeArguments } from '../media/arguments/encode.js';
import { firstReason } from '../media/encoders/first-reason.js';
import type { Hardware } from '../media/encoders/hardware.js';
import { partsOf, partToBlame, waysOf, type Way } from '../media/encoders/ways.js';
import {
  frameTimesBySegment,
  listFrameTicks,
  listShownTicks,
} from '../media/frames/frame-times.js';
import { runPiped } from '../media/ffmpeg/run.js';
import { Stalled } from '../media/ffmpeg/stall.js';
import { limitsOf, type Tools } from '../media/ffmpeg/tool-pair.js';
import { startOfWords } from '../media/plan/words-shown.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { publishPicture, videoTraits } from './picture-output.js';
import { Publisher } from './publisher.js';
import { runsOfChunk } from './runs-of-chunk.js';
import type { Chunk, EncodingReport, Task, TaskPorts, TaskRendition } from './task.js';

type EncodeTask = Extract<Task, { kind: 'encode' }>;

/**
 * One decode of a chunk, all its encoded picture renditions, by the hardware that the task names as far
 * as that works, else by the CPU, which alone makes other codecs than H.264. What a way has published before
 * it failed stays.
 */
export async function encodeChunk(
  tools: Tools,
  task: EncodeTask,
  ports: TaskPorts,
  { find, rests }: Hardware,
): Promise<EncodingReport> {
  const pictures = task.renditions.map(videoTraits);
  const mayBeHardware = task.encoder !== undefined && pictures.every(isUniversal);
  const found = mayBeHardware ? ((await find()) ?? []) : [];
  const finding = found.find(({ name }) => name === task.encoder);
  const ways = waysOf(finding, (part) => rests.isResting(part));
  const failed: { readonly way: Way; readonly reason: string }[] = [];
  for (const way of ways) {
    try {
      await encodeBy(way, tools, task, ports);
    } catch (error) {
      if (way === undefined || !isBroken(error)) throw error;
      failed.push({ way, reason: reasonOf(error) });
      continue;
    }
    const resting = finding?.works === true && ways.length === 1 ? [restOf(finding, rests)] : [];
    const failures = failed.flatMap((each) => {
      const part = partToBlame(each.way, way);
      return part === undefined ? [] : [{ part, reason: each.reason }];
    });
    for (const part of partsOf(way)) rests.worked(part);
    // A part that failed in two ways has failed once for this chunk.
    const reasons = new Map(failures.map(({ part, reason }) => [part, reason]));
    for (const [part, reason] of reasons) rests.failed(part, reason);
    return {
      encoder: way?.encoder.codec ?? cpuEncoder(pictures[0] ?? { codecs: '' }).name,
      hwaccel: way?.hwaccel ?? null,
      failures: [...resting, ...failures],
    };
  }
  throw new Error('the CPU can always be tried');
}

function restOf({ codec }: { readonly codec: string }, rests: Hardware['rests']) {
  const [times, last] = [rests.failures(codec), rests.lastReason(codec)];
  return { part: codec, reason: `it rests, having failed ${times} times in a row: ${last}` };
}

/** Of an encoder what ffmpeg said first tells most. */
function reasonOf({ message, cause, details }: KdramaError): string {
  if (cause instanceof Stalled) return cause.message;
  const said = details?.['said'];
  return firstReason(typeof said === 'string' && said !== '' ? said : message);
}

async function encodeBy(way: Way, tools: Tools, chunk: Chunk, ports: TaskPorts): Promise<void> {
  for (const run of runsOfChunk(chunk)) await encodePart(way, tools, { ...chunk, ...run }, ports);
}

/** A quick seek first; should that not bring what the source has there, the exact one. */
async function encodePart(way: Way, tools: Tools, chunk: Chunk, ports: TaskPorts): Promise<void> {
  try {
    await encodeOnce(way, tools, chunk, ports, { isCautious: false });
  } catch (error) {
    if (!isBroken(error) || error.cause instanceof Stalled) throw error;
    await encodeOnce(way, tools, chunk, ports, { isCautious: true });
  }
}

/** The program or what it made, not the disk and not us. */
function isBroken(error: unknown): error is KdramaError {
  return error instanceof KdramaError && error.code === 'TRANSCODE_FAILED';
}

/** Largest first, for the cascade. */
async function encodeOnce(
  way: Way,
  tools: Tools,
  chunk: Chunk,
  ports: TaskPorts,
  { isCautious }: { isCautious: boolean },
): Promise<void> {
  const renditions = chunk.renditions.toSorted((a, b) => pixels(b) - pixels(a));
  const pictures = renditions.map(videoTraits);
  const end = chunk.firstSegment + chunk.segments;
  const boundaries = chunk.boundaries.slice(chunk.firstSegment, end + 1);
  const wordsFrom = await wordsOf(tools, pictures[0], boundaries[0] ?? 0, ports);
  const run = runPiped(
    tools.ffmpeg,
    encodeArguments({
      ...{ source: ports.source, pictures, boundaries, isCautious, acceleration: way },
      ...(wordsFrom !== undefined && { wordsFrom }),
      isLast: end === chunk.boundaries.length - 1,
    }),
    pictures.length,
    ports.signal,
    { ...limitsOf(tools), onSeconds: (seconds) => ports.progress(toTicks(seconds)) },
  );
  const frames = framesOfChunk(tools, chunk, pictures[0]?.stream ?? 0, ports);
  const publisher = new Publisher(ports);
  const isWhole = () => requireWholeOutput(run, ports.signal);
  await consumeRun(run, ports.signal, [
    ...run.outputs.map((stream, index) =>
      publishPicture(stream, {
        ...{ chunk, publisher, isWhole, ...frames },
        rendition: renditions[index] as TaskRendition,
      }),
    ),
  ]);
}

async function wordsOf(
  tools: Tools,
  picture: VideoTraits | undefined,
  tick: number,
  { source, signal }: TaskPorts,
): Promise<number | undefined> {
  if (picture?.burned === undefined) return undefined;
  return startOfWords(tools, source, { stream: picture.burned.stream, tick }, signal);
}

/** The frames that the source has in the segments of a chunk, by demuxing and by decoding. */
export function framesOfChunk(tools: Tools, chunk: Chunk, stream: number, ports: TaskPorts) {
  const source = { tools, path: ports.source, stream, signal: ports.signal };
  const range = [chunk.firstSegment, chunk.firstSegment + chunk.segments] as const;
  return {
    framesOf: frameTimesBySegment(chunk.boundaries, range, (part) => listFrameTicks(source, part)),
    shownFramesOf: frameTimesBySegment(chunk.boundaries, range, (part) =>
      listShownTicks(source, part),
    ),
  };
}

function pixels(rendition: TaskRendition): number {
  const { width, height } = videoTraits(rendition);
  return width * height;
}
