import { stat } from 'node:fs/promises';
import type { AudioTraits, RenditionTraits } from '../../shared/renditions.js';
import { ticksPerSecond } from '../../shared/time.js';
import { copyArguments } from '../media/arguments/copy.js';
import type { Sample } from '../media/fmp4/samples.js';
import { listPacketsBetween } from '../media/packets.js';
import { runPiped } from '../media/run.js';
import { silentFrame } from '../media/silent-frame.js';
import { areOnGrid, continuousSound, gridOf } from '../media/sound-grid.js';
import type { Tools } from '../media/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { framesOfChunk } from './encode.js';
import { publishPicture } from './picture-output.js';
import { Publisher } from './publisher.js';
import { audioTraits, publishSound } from './sound-output.js';
import type { Chunk, TaskPorts } from './task.js';

/** A minute or so: where publishing has to wait, so does the run (jobs/picture-first.ts). */
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
  const sounds = await Promise.all(
    renditions.map(({ traits }) => soundTrack(tools, chunk, traits, ports)),
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
  const publisher = new Publisher(ports, isSoundAlone ? waitingSoundBytes : undefined);
  const isWhole = () => requireWholeOutput(run, ports.signal);
  const consumers = run.outputs.map((stream, index) => {
    const rendition = renditions[index];
    if (rendition?.traits.kind === 'video') {
      const frames = framesOfChunk(tools, chunk, rendition.traits.stream, ports);
      return publishPicture(stream, { chunk, rendition, publisher, isWhole, ...frames });
    }
    if (rendition === undefined) throw new TypeError('an output without a rendition');
    const { sampleRate } = audioTraits(rendition);
    const sound = sounds[index];
    if (sound === undefined) throw new TypeError(`${rendition.name} is no sound`);
    const arrange = (samples: readonly Sample[]) => sound.push(samples);
    const endSample = ((boundaries[end] ?? 0) * sampleRate) / ticksPerSecond;
    const pad = () => (isToEnd ? sound.padTo(endSample) : []);
    return publishSound(stream, { chunk, rendition, publisher, isWhole, arrange, pad });
  });
  run.stdout.resume();
  await consumeRun(run, ports.signal, consumers);
}

/** Apple's players take HEVC with its parameter sets in the header alone, and call that so. */
function tagOf(codecs: string): 'hvc1' | undefined {
  return codecs.startsWith('hvc1.') ? 'hvc1' : undefined;
}

/** Where the frames of a copied sound go; undefined: it is no sound. */
async function soundTrack(
  tools: Tools,
  chunk: Chunk,
  traits: RenditionTraits,
  ports: TaskPorts,
): Promise<ReturnType<typeof continuousSound> | undefined> {
  if (traits.kind !== 'audio') return undefined;
  const silence = await silentFrame(tools, traits, ports.signal);
  const earlier = await soundBefore(tools, chunk, traits, ports);
  return continuousSound(gridOf(traits), silence, earlier);
}

/** Longer than frames of a sound lie over one another anywhere. */
const lookBackTicks = 12 * ticksPerSecond;
/** Read in less than a second. */
const mostReadBytes = 256 * 1024 * 1024;

/**
 * The times of the frames of a sound, in its samples, before the place where a copy is taken up: the last seconds
 * where these say enough, else all, for which the file is read up to there. Where that would take long and somebody may
 * wait, the last seconds have to do: the sound may have a frame more or less (21 ms) there. Decision 0034.
 */
async function soundBefore(
  tools: Tools,
  { boundaries, firstSegment }: Chunk,
  traits: AudioTraits,
  { source, signal }: TaskPorts,
): Promise<number[]> {
  const end = boundaries[firstSegment] ?? 0;
  if (firstSegment === 0) return [];
  const timesFrom = async (start: number) => {
    const range = [start, end] as const;
    const packets = await listPacketsBetween(tools, source, traits.stream, range, signal);
    return packets.flatMap(({ ticks }) =>
      ticks === undefined ? [] : [Math.round((ticks * traits.sampleRate) / ticksPerSecond)],
    );
  };
  if (end <= 2 * lookBackTicks) return timesFrom(0);
  const last = await timesFrom(end - lookBackTicks);
  if (last.length > 0 && areOnGrid(last, gridOf(traits))) return last;
  const { size } = await stat(source);
  return (size * end) / (boundaries.at(-1) ?? end) <= mostReadBytes ? timesFrom(0) : last;
}
