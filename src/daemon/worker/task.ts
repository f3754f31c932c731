/**
 * What a task is and what it gives back, as plain data: the same on this machine and on another.
 * The worker knows neither the database nor the library.
 */
import type { Chapter } from '../../shared/chapters.js';
import type { UnshownSubtitle, RenditionTraits } from '../../shared/renditions.js';
import type { Storyboard } from '../../shared/storyboard.js';
import type { LadderWish } from '../media/plan/ladder.js';
import type { SoundWish } from '../media/plan/sound-wish.js';

export interface TaskRendition {
  readonly id: string;
  readonly name: string;
  readonly method: 'copied' | 'encoded';
  readonly traits: RenditionTraits;
  /** Segments that are published already and must not be made again. */
  readonly published: ReadonlySet<number>;
  readonly initPublished: boolean;
}

/** A run of segments of the plan, in one or more renditions. */
export interface Chunk {
  /** The whole plan, ticks from time zero. */
  readonly boundaries: readonly number[];
  readonly firstSegment: number;
  readonly segments: number;
  readonly renditions: readonly TaskRendition[];
}

export type Task =
  | {
      readonly kind: 'probe';
      readonly targetTicks: number;
      readonly ladder: LadderWish;
      readonly sound?: SoundWish;
      /** Language (BCP 47) of the subtitles to burn in. */
      readonly burn?: string | undefined;
    }
  /** One run over the source: copied picture and fitting sound. */
  | ({ readonly kind: 'copy' } & Chunk)
  /** One decode, all encoded picture renditions of the chunk. */
  | ({
      readonly kind: 'encode';
      /** The hardware encoder that is to be tried first, by its name in the catalogue. */
      readonly encoder?: string | undefined;
    } & Chunk)
  /** One encoded sound rendition. */
  | ({ readonly kind: 'audio' } & Chunk)
  /** Text subtitles, each rendition one WebVTT file (published as number 0). */
  | ({ readonly kind: 'subtitle' } & Chunk)
  | { readonly kind: 'poster'; readonly durationTicks: number }
  | StoryboardTask
  | {
      readonly kind: 'finish';
      readonly expected: readonly ExpectedRendition[];
      /** What `metadata.json` is to say: enough to make the video's row again. */
      readonly metadata: Readonly<Record<string, unknown>>;
    };

/** Small pictures of the whole video, made of a picture rendition that is there. */
export interface StoryboardTask {
  readonly kind: 'storyboard';
  readonly boundaries: readonly number[];
  readonly picture: {
    readonly directory: string;
    readonly reorderTicks: number;
  };
  /** The plan's: a storyboard is a directory in it. */
  readonly planDirectory: string;
}

export interface ExpectedRendition {
  readonly id: string;
  readonly name: string;
  readonly directory: string;
  readonly kind: RenditionTraits['kind'];
  readonly segments: readonly { readonly number: number; readonly sizeBytes: number }[];
  readonly initBytes: number | null;
}

/** A rendition that probing decided on; jobs gives it an id. */
export interface PlannedRendition {
  readonly name: string;
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
  readonly traits: RenditionTraits;
  readonly segmentCount: number;
}

export interface ProbeResult {
  readonly kind: 'probe';
  readonly durationTicks: number;
  readonly boundaries: readonly number[];
  readonly renditions: readonly PlannedRendition[];
  /** What is copied holds all picture, sound and text of the source. */
  readonly isWholeCopy?: boolean;
  /** Subtitles of the source that no rendition is made of. */
  readonly unshownSubtitles?: readonly UnshownSubtitle[];
  readonly chapters?: readonly Chapter[];
}

/** What encoded a chunk, as ffmpeg names it. */
export interface EncodingReport {
  readonly encoder: string;
  /** What decoded; null: the CPU. */
  readonly hwaccel: string | null;
  /** Parts of the hardware that were to do it and did not, and why. */
  readonly failures: readonly { readonly part: string; readonly reason: string }[];
}

export type TaskResult =
  | ProbeResult
  | { readonly kind: 'poster'; readonly sizeBytes: number }
  | { readonly kind: 'storyboard'; readonly storyboard: Storyboard }
  | { readonly kind: 'done'; readonly encoding?: EncodingReport };

/** Number -1 is the init segment; 0 of a subtitle rendition is its one WebVTT file. */
export interface Publication {
  readonly renditionId: string;
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Of a segment of pictures: how many of them hold its head and its first picture. */
  readonly iFrameBytes?: number;
}
export const initNumber = -1;

export interface TaskPorts {
  /** The source file, already compared with its identity. */
  readonly source: string;
  /** The video's own directory: poster and a seekable source go here by rename. */
  readonly videoDirectory: string;
  /** An empty directory of this attempt; the caller removes it. */
  readonly attemptDirectory: string;
  /**
   * Makes checked bytes durable and visible: written, synced, renamed, then recorded in one
   * transaction. Rejects with STORAGE_FULL, or when this attempt does not own the task any more.
   */
  publish(batch: readonly Publication[]): Promise<void>;
  /** Ticks of the chunk's picture or sound made so far in this attempt; for progress and ETA. */
  progress(doneTicks: number): void;
  /** Aborting it kills the processes of the task at once; runTask then rejects. */
  readonly signal: AbortSignal;
}

/**
 * Does one task. Rejects with a KdramaError: UPLOAD_INVALID_FORMAT (not a video, audio only, cut
 * off; for good), FFMPEG_UNAVAILABLE and STORAGE_FULL (for good until retried), TRANSCODE_FAILED
 * (spends an attempt); with `signal.reason` when aborted (spends none).
 */
export type RunTask = (task: Task, ports: TaskPorts) => Promise<TaskResult>;
