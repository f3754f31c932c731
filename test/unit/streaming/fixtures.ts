import type { Plan } from '../../../src/daemon/store/plans.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import type { AudioTraits, SubtitleTraits, VideoTraits } from '../../../src/shared/renditions.js';
import { toTicks } from '../../../src/shared/time.js';

/** A plan with boundaries in seconds. */
export function planOf(...seconds: number[]): Plan {
  const boundaries = seconds.map(toTicks);
  return {
    id: 'plan1',
    videoId: 'video1',
    targetTicks: toTicks(6),
    boundaries,
    isWholeCopy: false,
    unshownSubtitles: [],
    chapters: [],
    createdAt: 0,
  };
}

function rendition<Traits extends VideoTraits | AudioTraits | SubtitleTraits>(
  name: string,
  traits: Traits,
  row: Partial<Rendition<Traits>>,
): Rendition<Traits> {
  return {
    id: `${name}-v${row.version ?? 1}`,
    planId: 'plan1',
    name,
    version: 1,
    method: 'encoded',
    reason: '',
    position: 0,
    segmentCount: 3,
    initBytes: null,
    ...row,
    traits,
  };
}

export function picture(
  height: number,
  row: Partial<Rendition<VideoTraits>> = {},
  traits: Partial<VideoTraits> = {},
): Rendition<VideoTraits> {
  const all: VideoTraits = {
    kind: 'video',
    stream: 0,
    width: Math.round((height * 16) / 9),
    height,
    frameRate: 24000 / 1001,
    codecs: 'avc1.64001f',
    bandwidthBound: height * 5000,
    maxBitRate: height * 4000,
    reorderTicks: 7200,
    ...traits,
  };
  return rendition(`${height}p`, all, row);
}

export function sound(
  index: number,
  traits: Partial<AudioTraits> = {},
  row: Partial<Rendition<AudioTraits>> = {},
): Rendition<AudioTraits> {
  const all: AudioTraits = {
    kind: 'audio',
    stream: index + 1,
    language: 'ko',
    label: 'Korean',
    isDefault: false,
    channels: 2,
    sampleRate: 48000,
    codecs: 'mp4a.40.2',
    bandwidthBound: 150_000,
    ...traits,
  };
  return rendition(`audio-${index}`, all, row);
}

export function subtitle(
  index: number,
  traits: Partial<SubtitleTraits> = {},
): Rendition<SubtitleTraits> {
  const all: SubtitleTraits = {
    kind: 'subtitle',
    stream: index + 3,
    language: 'ko',
    label: 'Korean',
    isDefault: false,
    isForced: false,
    ...traits,
  };
  return rendition(`subtitle-${index}`, all, { segmentCount: 1 });
}
