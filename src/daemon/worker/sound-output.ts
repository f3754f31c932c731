import type { Readable } from 'node:stream';
import type { AudioTraits } from '../../shared/renditions.js';
import { writeInitSegment } from '../media/fmp4/init.js';
import type { Sample } from '../media/fmp4/samples.js';
import { writeSegment } from '../media/fmp4/segment.js';
import { readStream } from '../media/fmp4/stream-reader.js';
import type { SegmentSamples } from '../media/segments/segmenter.js';
import { gridOf } from '../media/segments/sound-grid.js';
import { soundSegmenter } from '../media/segments/sound-segmenter.js';
import type { Publisher } from './publisher.js';
import { initNumber, type Chunk, type TaskRendition } from './task.js';

export interface SoundOutput {
  readonly chunk: Chunk;
  readonly rendition: TaskRendition;
  readonly publisher: Publisher;
  /** Puts frames in their places on the grid of the track, filling and dropping as needed. */
  readonly arrange: (samples: readonly Sample[]) => Promise<readonly Sample[]>;
  /** What is to follow when the stream has ended. */
  readonly pad: () => Promise<readonly Sample[]>;
  /** Rejects when the stream did not end because everything was written. */
  readonly isWhole: () => Promise<void>;
}

/**
 * Cuts one sound rendition out of ffmpeg's output and publishes its segments. Rejects with a
 * RangeError when a segment stays without sound.
 */
export async function publishSound(stream: Readable, output: SoundOutput): Promise<void> {
  const { chunk, rendition, publisher } = output;
  const end = chunk.firstSegment + chunk.segments;
  const grid = gridOf(audioTraits(rendition));
  const { sampleRate } = grid;
  const segmenter = soundSegmenter(chunk.boundaries, grid, chunk.firstSegment, end);
  let next = chunk.firstSegment;
  const publishAll = async (segments: readonly SegmentSamples[]) => {
    for (const segment of segments) {
      if (segment.number !== next) break;
      await publishSegment(segment, output);
      next += 1;
    }
  };
  let timescale = sampleRate;
  for await (const part of readStream(stream)) {
    if (part.kind === 'header') {
      timescale = part.track.timescale;
      await publishInit(part.moov, output);
    } else {
      const arranged = await output.arrange(inSamples(part.samples, timescale, sampleRate));
      await publishAll(segmenter.push(arranged));
    }
  }
  await output.isWhole();
  await publishAll(segmenter.push(await output.pad()));
  await publishAll(segmenter.finish());
  await publisher.flush();
  if (next !== end) throw new RangeError(`${rendition.name} has no sound for segment ${next}`);
}

function inSamples(
  samples: readonly Sample[],
  timescale: number,
  sampleRate: number,
): readonly Sample[] {
  if (timescale === sampleRate) return samples;
  return samples.map((sample) => ({
    ...sample,
    pts: Math.round((sample.pts * sampleRate) / timescale),
  }));
}

async function publishInit(moov: Buffer, { rendition, publisher }: SoundOutput): Promise<void> {
  if (rendition.initPublished) return;
  const bytes = writeInitSegment(moov);
  await publisher.add({ renditionId: rendition.id, number: initNumber, bytes });
}

async function publishSegment(segment: SegmentSamples, output: SoundOutput): Promise<void> {
  const { rendition, publisher } = output;
  if (rendition.published.has(segment.number)) return;
  const end = (segment.samples.at(-1)?.pts ?? 0) + gridOf(audioTraits(rendition)).frameSamples;
  const bytes = writeSegment(segment.number + 1, segment.samples, end);
  await publisher.add({ renditionId: rendition.id, number: segment.number, bytes });
}

export function audioTraits(rendition: TaskRendition): AudioTraits {
  if (rendition.traits.kind === 'audio') return rendition.traits;
  throw new TypeError(`${rendition.name} is no sound`);
}
