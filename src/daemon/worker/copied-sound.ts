import { stat } from 'node:fs/promises';
import type { AudioTraits } from '../../shared/renditions.js';
import { ticksPerSecond } from '../../shared/time.js';
import { listSoundBetween } from '../media/frames/packets.js';
import { silentFrame } from '../media/segments/silent-frame.js';
import { areOnGrid, continuousSound, gridOf } from '../media/segments/sound-grid.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import type { Chunk, TaskPorts } from './task.js';

/** Where the frames of a copied sound go. */
export async function soundTrack(
  tools: Tools,
  chunk: Chunk,
  traits: AudioTraits,
  ports: TaskPorts,
): Promise<ReturnType<typeof continuousSound>> {
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
    const packets = await listSoundBetween(tools, source, traits.stream, range, signal);
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
