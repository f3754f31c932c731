import { ticksPerSecond } from '../../shared/time.js';
import { copyArguments } from '../media/arguments/copy.js';
import type { Sample } from '../media/fmp4/samples.js';
import { runPiped } from '../media/ffmpeg/run.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { soundTrack } from './copied-sound.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { framesOfChunk } from './encode.js';
import { publishPicture } from './picture-output.js';
import { Publisher } from './publisher.js';
import { audioTraits, publishSound } from './sound-output.js';
import type { Chunk, TaskPorts } from './task.js';

/** A minute or so: where publishing has to wait, so does the run (jobs/running/picture-first.ts). */
const waitingSoundBytes = 1024 * 1024;

/**
 * One run over the source that takes the copied picture and all copied sound as they are; segments
 * are published while it runs.
 */
export async function copyStreams(tools: Tools, chunk: Chunk, ports: TaskPorts): Promise<void> {
  const { boundaries, firstSegment, segments, renditions } = chunk;
  const end = firstSegment + segments;
  const isToEnd = end === boundaries.length - 1;
  const streams = renditions.flatMap(({ traits }) =>
    traits.kind === 'subtitle'
      ? []
      : [{ index: traits.stream, kind: traits.kind, tag: tagOf(traits.codecs) }],
  );
  const run = runPiped(
    tools.ffmpeg,
    copyArguments({
      ...{ source: ports.source, streams, startTicks: boundaries[firstSegment] ?? 0 },
      endTicks: isToEnd ? undefined : boundaries[end],
    }),
    streams.length,
    ports.signal,
  );
  const isSoundAlone = renditions.every(({ traits }) => traits.kind === 'audio');
  const publisher = new Publisher(ports, {
    maxWaitingBytes: isSoundAlone ? waitingSoundBytes : undefined,
    together: firstSegment > 0 ? 0 : renditions.filter(({ published }) => !published.has(0)).length,
  });
  const isWhole = () => requireWholeOutput(run, ports.signal);
  const consumers = run.outputs.map(async (stream, index) => {
    const rendition = renditions[index];
    if (rendition?.traits.kind === 'video') {
      const frames = framesOfChunk(tools, chunk, rendition.traits.stream, ports);
      return publishPicture(stream, { chunk, rendition, publisher, isWhole, ...frames });
    }
    if (rendition === undefined) throw new TypeError('an output without a rendition');
    const traits = audioTraits(rendition);
    const track = soundTrack(tools, chunk, traits, ports);
    const arrange = async (samples: readonly Sample[]) => (await track).push(samples);
    const endSample = ((boundaries[end] ?? 0) * traits.sampleRate) / ticksPerSecond;
    const pad = async () => (isToEnd ? (await track).padTo(endSample) : []);
    const output = { chunk, rendition, publisher, isWhole, arrange, pad };
    await Promise.all([track, publishSound(stream, output)]);
  });
  run.stdout.resume();
  await consumeRun(run, ports.signal, consumers);
}

/** Apple's players take HEVC with its parameter sets in the header alone, and call that so. */
function tagOf(codecs: string): 'hvc1' | undefined {
  return codecs.startsWith('hvc1.') ? 'hvc1' : undefined;
}
