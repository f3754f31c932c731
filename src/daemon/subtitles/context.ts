import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';
import type { Encoding } from '../../shared/text-encodings.js';

export interface SubtitleParts {
  readonly store: Pick<Store, 'videos' | 'subtitles' | 'transaction' | 'afterCommit'>;
  readonly bus: Bus;
  readonly layout: Layout;
  readonly clock: Pick<Clock, 'now'>;
}

/** A subtitle file, and what somebody says of it instead of its name and bytes. */
export interface SubtitleFile {
  /** May begin with its folder: `Subs/Title.E01.ko.srt`. */
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** BCP 47. */
  readonly language?: string | undefined;
  readonly label?: string | undefined;
  readonly isForced?: boolean | undefined;
  readonly isSdh?: boolean | undefined;
  readonly encoding?: Encoding | undefined;
}
