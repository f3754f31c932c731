import { KdramaError } from '../../shared/errors.js';
import { toTicks } from '../../shared/time.js';
import { encodeArguments } from '../media/arguments/encode.js';
import { frameTimesBySegment, listFrameTicks, listShownTicks } from '../media/frame-times.js';
import { runPiped } from '../media/run.js';
import { Stalled } from '../media/stall.js';
import { limitsOf, type Tools } from '../media/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { publishPicture, videoTraits } from './picture-output.js';
import { Publisher } from './publisher.js';
import type { Chunk, TaskPorts, TaskRendition } from './task.js';

/** One decode of a chunk, all its encoded picture renditions. */
export async function encodeChunk(tools: Tools, chunk: Chunk, ports: TaskPorts): Promise<void> {
  try {
    await encodeOnce(tools, chunk, ports, { isCautious: false });
  } catch (error) {
    if (!mayBeSeek(error)) throw error;
    await encodeOnce(tools, chunk, ports, { isCautious: true });
  }
}

/** Whether the exact seek may bring what the quick one did not. */
function mayBeSeek(error: unknown): boolean {
  const isBroken = error instanceof KdramaError && error.code === 'TRANSCODE_FAILED';
  return isBroken && !(error.cause instanceof Stalled);
}

/** Largest first, for the cascade. */
async function encodeOnce(
  tools: Tools,
  chunk: Chunk,
  ports: TaskPorts,
  { isCautious }: { isCautious: boolean },
): Promise<void> {
  const renditions = chunk.renditions.toSorted((a, b) => pixels(b) - pixels(a));
  const pictures = renditions.map(videoTraits);
  const end = chunk.firstSegment + chunk.segments;
  const boundaries = chunk.boundaries.slice(chunk.firstSegment, end + 1);
  const run = runPiped(
    tools.ffmpeg,
    encodeArguments({
      ...{ source: ports.source, pictures, boundaries, isCautious },
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
