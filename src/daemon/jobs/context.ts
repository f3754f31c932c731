import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { Layout } from '../layout.js';
import type { Store } from '../store/store.js';

/** What the life of a job is made of. */
export interface JobContext {
  readonly store: Store;
  readonly bus: Bus;
  readonly layout: Layout;
  readonly clock: Clock;
}
