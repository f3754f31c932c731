import type { Ladder, WebhookType } from '../../../shared/contract/index.js';
import type { Bus } from '../../bus.js';
import type { Clock } from '../../clock.js';
import type { Layout } from '../../layout.js';
import type { Job } from '../../store/jobs.js';
import type { SoundWish } from '../../media/plan/sound-wish.js';
import type { Store } from '../../store/store.js';
import type { PictureWish } from '../states/picture-wish.js';
import type { Waits } from './waits.js';

/** What only a running daemon knows of a job. */
export interface Pace {
  /** Media seconds a second. */
  readonly speed: number | null;
  /** Milliseconds since 1970. */
  readonly estimatedCompletion: number | null;
}

/** What the life of a job is made of. */
export interface JobContext {
  readonly store: Store;
  readonly bus: Bus;
  readonly layout: Layout;
  readonly clock: Clock;
  readonly waits: Waits;
  readonly paceOf: (job: Job) => Pace;
  /** Of jobs that do not ask for another. */
  readonly defaultLadder: Ladder;
  /** Whether jobs that do not say want a hardware encoder. */
  readonly defaultUseGpu: boolean;
  /** Of plans made from now on, where their jobs do not say. */
  readonly sound: SoundWish;
  readonly picture: PictureWish;
  /** Is told of every job. */
  readonly globalWebhook?: GlobalWebhook | undefined;
}

export interface GlobalWebhook {
  readonly url: string;
  readonly types: readonly WebhookType[];
}
