import { totalmem } from 'node:os';
import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Jobs } from '../jobs/service.js';
import type { Layout } from '../layout.js';
import { iFrames } from './i-frames.js';
import { SegmentMemory } from './segment-memory.js';
import { streamLookup, type StreamStore } from './lookup.js';
import {
  patienceMs,
  publishedBytes,
  segmentWaiter,
  type SegmentOutcome,
  type Wanted,
} from './segment-waiter.js';
import { checkStreamKey, signStreamKey } from './stream-key.js';
import { TrackCache } from './track-cache.js';

export interface StreamingParts {
  readonly store: StreamStore;
  readonly jobs: Pick<Jobs, 'demand' | 'demandWhole' | 'ofVideo'>;
  readonly bus: Bus;
  readonly layout: Layout;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  /** Signs the keys in addresses; kept, so that addresses outlive a restart. */
  readonly secret: Uint8Array;
  /** How long a request for a missing segment is held; the default is what players endure. */
  readonly patienceMs?: number;
  /** Is told how each request for a segment went. */
  readonly onOutcome?: (outcome: SegmentOutcome) => void;
  /** Is told whether a parsed subtitle track was in memory. */
  readonly onTrack?: (isHit: boolean) => void;
  /** Is told whether a segment was in memory. */
  readonly onSegment?: (isHit: boolean) => void;
}

/**
 * Half a minute of what a hundred players watch at different places; what was forgotten lately is in the
 * page cache of the system.
 */
function memorySizes(availableBytes: number) {
  const keptBytes = Math.min(128 * 1024 * 1024, availableBytes / 32);
  return { keptBytes, spareBytes: keptBytes / 2 };
}

/** The machine's memory, or what its container may use of it. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Everything that the routes of streaming need, built once. */
export function createStreaming(parts: StreamingParts) {
  const { secret, clock, layout } = parts;
  const lookup = streamLookup(parts.store, parts.jobs);
  const sizes = memorySizes(availableMemory());
  const memory = new SegmentMemory({ ...sizes, clock, onRead: parts.onSegment });
  // Facts of a video change seldom; when it is gone, its bytes go at once.
  parts.bus.on('video', ({ videoId }) => memory.forget(layout.video(videoId)));
  return {
    layout,
    memory,
    demandWhole: (renditionId: string): boolean => parts.jobs.demandWhole(renditionId),
    lookup,
    iFrames: iFrames({ store: parts.store, lookup, layout }),
    waitForSegment: segmentWaiter({ patienceMs, ...parts }),
    /** Whether a segment can be fetched now, which counts as a request for it. */
    isReady(wanted: Wanted): boolean {
      const isReady = publishedBytes(parts, wanted) !== undefined;
      if (isReady) parts.onOutcome?.('ready');
      return isReady;
    },
    tracks: new TrackCache(parts.onTrack),
    checkKey: (key: string, videoId: string) => checkStreamKey(secret, key, videoId, clock.now()),
    /** Paths of a video's master playlist and of its one file, after the API's prefix, with a key that opens them. */
    signedPaths: (videoId: string): { hls: string; mp4: string } => {
      const base = `/stream/${videoId}/key/${signStreamKey(secret, videoId, clock.now())}`;
      return { hls: `${base}/hls/master.m3u8`, mp4: `${base}/video.mp4` };
    },
  };
}
export type Streaming = ReturnType<typeof createStreaming>;
