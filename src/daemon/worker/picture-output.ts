import type { Readable } from 'node:stream';
import { KdramaError } from '../../shared/errors.js';
import { isUniversal, type VideoTraits } from '../../shared/renditions.js';
import { fitsCodec } from '../media/codecs/fits-codec.js';
import { fitFrames, withoutHiddenEnd } from '../media/segments/fit-frames.js';
import { firstSampleRange } from '../media/fmp4/first-sample.js';
import { writeInitSegment } from '../media/fmp4/init.js';
import { pictureHeaderOf } from '../media/fmp4/picture-header.js';
import { writeSegment } from '../media/fmp4/segment.js';
import { readStream } from '../media/fmp4/stream-reader.js';
import { publishedSample, type PublishedSample } from '../media/segments/published-sample.js';
import { pictureSegmenter, type SegmentSamples } from '../media/segments/segmenter.js';
import type { Publisher } from './publisher.js';
import { initNumber, type Chunk, type TaskRendition } from './task.js';

export interface PictureOutput {
  readonly chunk: Chunk;
  readonly rendition: TaskRendition;
  readonly publisher: Publisher;
  /** Rejects when the stream did not end because everything was written. */
  readonly isWhole: () => Promise<void>;
  /** The times of the frames that the source has in a segment, from demuxing it. */
  readonly framesOf: (number: number) => Promise<readonly number[]>;
  /** The same from decoding it: asked only when the first does not fit. */
  readonly shownFramesOf: (number: number) => Promise<readonly number[]>;
}

/**
 * Cuts one picture rendition out of ffmpeg's output, checks each segment against the source and
 * publishes it. Rejects with TRANSCODE_FAILED when a segment is not what the source has there.
 */
export async function publishPicture(stream: Readable, output: PictureOutput): Promise<void> {
  // While ffmpeg begins, so that the first segment does not wait for it.
  const lookUp = output.framesOf(output.chunk.firstSegment);
  await Promise.all([lookUp, publishSegments(stream, output)]);
}

async function publishSegments(stream: Readable, output: PictureOutput): Promise<void> {
  const { chunk, rendition, publisher } = output;
  const end = chunk.firstSegment + chunk.segments;
  const segmenter = pictureSegmenter(chunk.boundaries, chunk.firstSegment, end);
  let next = chunk.firstSegment;
  let inspected: PublishedSample = unchanged;
  const publishAll = async (segments: readonly SegmentSamples[]) => {
    for (const segment of segments) await publishSegment(segment, output);
    next += segments.length;
  };
  for await (const part of readStream(stream)) {
    if (part.kind === 'header') {
      await publishInit(part.moov, output);
      inspected = publishedSample(part.moov);
    } else await publishAll(segmenter.push(part.samples.map(inspected)));
  }
  await output.isWhole();
  await publishAll(segmenter.finish());
  await publisher.flush();
  if (next !== end) {
    throw new RangeError(`${rendition.name} ends before segment ${next} of ${end - 1}`);
  }
}

const unchanged: PublishedSample = (sample) => sample;

async function publishInit(moov: Buffer, { rendition, publisher }: PictureOutput): Promise<void> {
  const traits = videoTraits(rendition);
  const { codecs, reorderTicks } = traits;
  const made = pictureHeaderOf(moov)?.codecs ?? 'something else';
  if (!isFitting(made, codecs, rendition.method)) {
    throw new KdramaError('TRANSCODE_FAILED', `expected ${codecs}, the encoder made ${made}`);
  }
  // The parameter sets of other codecs are in it: whoever publishes compares them.
  if (rendition.initPublished && isUniversal(traits)) return;
  const bytes = writeInitSegment(moov, reorderTicks);
  await publisher.add({ renditionId: rendition.id, number: initNumber, bytes });
}

/** A copy is what its plan says, which may say colours as well; encoders differ in what they say of the same. */
function isFitting(made: string, codecs: string, method: TaskRendition['method']): boolean {
  if (method === 'encoded') return fitsCodec(made, codecs);
  return made === codecs || codecs.startsWith(`${made}.`);
}

async function publishSegment(segment: SegmentSamples, output: PictureOutput): Promise<void> {
  const { chunk, rendition, publisher } = output;
  const { number } = segment;
  if (rendition.published.has(number)) return;
  const samples = await checkedSamples(segment, output);
  // The next segment's first frame, or the end of the plan.
  const end = chunk.boundaries[number + 1] ?? 0;
  const bytes = writeSegment(number + 1, samples, end, videoTraits(rendition).reorderTicks);
  const iFrameBytes = firstSampleRange(bytes).end;
  await publisher.add({ renditionId: rendition.id, number, bytes, iFrameBytes });
}

async function checkedSamples(segment: SegmentSamples, output: PictureOutput) {
  const { chunk, rendition } = output;
  const isLast = segment.number === chunk.boundaries.length - 2;
  const fit = (expected: readonly number[]) =>
    isLast && rendition.method === 'copied'
      ? fitFrames(withoutHiddenEnd(segment.samples, expected), expected)
      : fitFrames(segment.samples, expected);
  const fitted = fit(await output.framesOf(segment.number));
  if (fitted.ok) return fitted.samples;
  const shown = fit(await output.shownFramesOf(segment.number));
  if (shown.ok) return shown.samples;
  throw new KdramaError(
    'TRANSCODE_FAILED',
    `segment ${segment.number} of ${rendition.name} does not match the source: ${fitted.difference}`,
  );
}

export function videoTraits(rendition: TaskRendition): VideoTraits {
  if (rendition.traits.kind === 'video') return rendition.traits;
  throw new TypeError(`${rendition.name} is no picture`);
}
