import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Jobs } from '../jobs/service.js';
import type { Layout } from '../layout.js';
import { iFrames } from './i-frames.js';
import { streamLookup, type StreamStore } from './lookup.js';
import { patienceMs, segmentWaiter, type SegmentOutcome } from './segment-waiter.js';
import { checkStreamKey, signStreamKey } from './stream-key.js';
import { TrackCache } from './track-cache.js';

export interface StreamingParts {
  readonly store: StreamStore;
  readonly jobs: Pick<Jobs, 'demand' | 'demandWhole' | 'ofVideo'>;
  readonly bus: Bus;
  readonly layout: Layout;
  readonly clock: Pick<Clock, 'now'>;
  /** Signs the keys in addresses; kept, so that addresses outlive a restart. */
  readonly secret: Uint8Array;
  /** How long a request for a missing segment is held; the default is what players endure. */
  readonly patienceMs?: number;
  /** Is told how each request for a segment went. */
  readonly onOutcome?: (outcome: SegmentOutcome) => void;
  /** Is told whether a parsed subtitle track was in memory. */
  readonly onTrack?: (isHit: boolean) => void;
}

/** Everything that the routes of streaming need, built once. */
export function createStreaming(parts: StreamingParts) {
  const { secret, clock, layout } = parts;
  const lookup = streamLookup(parts.store, parts.jobs);
  return {
    layout,
    demandWhole: (renditionId: string) => parts.jobs.demandWhole(renditionId),
    lookup,
    iFrames: iFrames({ store: parts.store, lookup, layout }),
    waitForSegment: segmentWaiter({ patienceMs, ...parts }),
    tracks: new TrackCache(parts.onTrack),
    checkKey: (key: string, videoId: string) => checkStreamKey(secret, key, videoId, clock.now()),
    /** Path of a video's master playlist, after the API's prefix, with a key that opens it. */
    signedHlsPath: (videoId: string): string =>
      `/stream/${videoId}/key/${signStreamKey(secret, videoId, clock.now())}/hls/master.m3u8`,
  };
}
export type Streaming = ReturnType<typeof createStreaming>;
