import { join } from 'node:path';
import type { Jobs } from '../../jobs/service.js';
import { initFileName, segmentFileName, type Layout } from '../../layout.js';
import { readWholeFile } from '../file-bytes.js';
import type { StreamLookup } from '../lookup.js';
import type { Picture, Sound } from '../presentation.js';
import { trackNames } from '../track-names.js';
import { chooseMp4, soonestPicture, type Mp4Wish } from './choice.js';
import type { TrackLabel } from './track-label.js';
import { virtualMp4Bytes } from './virtual-mp4-bytes.js';
import { virtualMp4, type TrackSource } from './virtual-mp4.js';

/** An MP4 of one quality, ready to be read in any part. */
export interface CompleteMp4 {
  /** Changes whenever a byte does. */
  readonly etag: string;
  readonly sizeBytes: number;
  readonly read: (
    start: number,
    end: number,
  ) => AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
}

export interface Mp4Parts {
  readonly lookup: StreamLookup;
  readonly layout: Layout;
  readonly demandWhole: Jobs['demandWhole'];
}

/**
 * A video as one MP4: the named quality, or the best that is complete, with the sounds that are wanted.
 * Throws STREAM_VIDEO_NOT_FOUND; NOT_FOUND with what there is; STREAM_NOT_READY or JOB_CANCELLED.
 */
export async function completeMp4(
  parts: Mp4Parts,
  videoId: string,
  wish: Mp4Wish,
): Promise<CompleteMp4> {
  const { lookup, layout } = parts;
  const presentation = lookup.presentation(videoId);
  const choice = chooseMp4(presentation, wish, (row) => lookup.completeSizes(row) !== undefined);
  const notComplete = (isComing = true) =>
    lookup.notReady(videoId, 'this quality is not complete', isComing ? 5 : undefined);
  if (choice === undefined) {
    const wanted = soonestPicture(presentation, wish.quality);
    throw notComplete(wanted === undefined || parts.demandWhole(wanted.id));
  }
  const renditions = [choice.picture, ...choice.sounds];
  const labels = [undefined, ...soundLabels(choice.sounds)];
  const directories = renditions.map((row) =>
    layout.rendition(videoId, row.planId, row.name, row.version),
  );
  const tracks = await Promise.all(
    renditions.map((row, index) => {
      const sizes = lookup.completeSizes(row);
      if (sizes === undefined) throw notComplete();
      return trackSource(row, sizes, directories[index] ?? '', labels[index]);
    }),
  );
  const mp4 = virtualMp4(tracks, presentation.plan);
  const pathOf = (track: number, segment: number) =>
    join(directories[track] ?? '', segmentFileName(segment));
  return {
    etag: [...renditions.map(({ id }) => id), mp4.sizeBytes].join('.'),
    sizeBytes: mp4.sizeBytes,
    read: (start, end) => virtualMp4Bytes(mp4, pathOf, start, end),
  };
}

/** One of them plays, the first unless someone chooses. */
function soundLabels(sounds: readonly Sound[]): TrackLabel[] {
  const names = trackNames(sounds);
  return sounds.map(({ traits: { language } }, index) => ({
    ...{ language, name: names[index] ?? '', isEnabled: index === 0, group: 1 },
  }));
}

async function trackSource(
  { traits }: Picture | Sound,
  sizes: TrackSource['sizes'],
  directory: string,
  label: TrackLabel | undefined,
): Promise<TrackSource> {
  const init = await readWholeFile(join(directory, initFileName));
  const leadTicks = traits.kind === 'video' ? traits.reorderTicks : 0;
  return { init, sizes, leadTicks, ...(label && { label }) };
}
