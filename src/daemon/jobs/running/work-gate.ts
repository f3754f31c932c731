import type { WorkView } from '../../../shared/contract/index.js';
import type { Clock } from '../../clock.js';
import type { Job } from '../../store/jobs.js';
import type { Rank } from '../../store/tasks.js';
import type { SwitchStore } from '../../store/switches.js';
import { quietUntil, type QuietHours } from './quiet-hours.js';

export interface GateParts {
  readonly switches: SwitchStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly quietHours: QuietHours | undefined;
}

/** The least urgent rank that may be worked at; null: none. */
const limits: Readonly<Record<WorkView['state'], Rank | null>> = {
  running: 2,
  // What a viewer waits for, and what makes an episode playable.
  quiet: 1,
  paused: null,
  draining: null,
};

/** Quiet hours begin and end on a minute. */
const lookEveryMs = 60_000;

/** What may be worked at now, whatever waits. */
export class WorkGate {
  #isDraining = false;
  #ticking: NodeJS.Timeout | undefined;

  constructor(private readonly parts: GateParts) {}

  get limit(): Rank | null {
    return limits[this.view().state];
  }

  allows(rank: Rank): boolean {
    const { limit } = this;
    return limit !== null && rank <= limit;
  }

  /** Whether nothing of a job is made but what somebody waits for: its end cannot be foreseen. */
  holds({ playableAt }: Pick<Job, 'playableAt'>): boolean {
    const { limit } = this;
    return limit === null || (limit < 2 && playableAt !== null);
  }

  view(): WorkView {
    const { switches, clock, quietHours } = this.parts;
    if (this.#isDraining) return { state: 'draining', until: null };
    if (switches.isOn('pause')) return { state: 'paused', until: null };
    const until = quietHours && quietUntil(quietHours, new Date(clock.now()));
    return until
      ? { state: 'quiet', until: until.toISOString() }
      : { state: 'running', until: null };
  }

  /** Survives a restart. */
  pause(): void {
    this.parts.switches.turnOn('pause', this.parts.clock.now());
  }

  resume(): void {
    this.parts.switches.turnOff('pause');
  }

  /** Until the daemon ends. */
  drain(): void {
    this.#isDraining = true;
  }

  /** Calls back on minutes on which it may have changed by itself; a sleeping laptop may skip some. */
  watch(look: () => void): void {
    if (this.parts.quietHours === undefined) return;
    this.#ticking = setInterval(look, lookEveryMs).unref();
  }

  close(): void {
    clearInterval(this.#ticking);
  }
}
