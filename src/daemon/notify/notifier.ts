import type { Logger } from 'pino';
import type { Bus } from '../bus.js';
import type { Clock } from '../clock.js';
import type { DeliveryRow } from '../store/deliveries.js';
import type { Store } from '../store/store.js';
import {
  afterAttempt,
  closed,
  slotsOf,
  type BreakerPolicy,
  type BreakerState,
} from '../breaker.js';
import { outcomeOf, type RetryPolicy, type Sent } from './retry.js';

export interface NotifierParts {
  readonly store: Pick<Store, 'deliveries' | 'transaction'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
  /** Between 0 and 1. */
  readonly random: () => number;
  /** One attempt. Never rejects. */
  readonly send: (row: DeliveryRow, signal: AbortSignal) => Promise<Sent>;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
}

/** A host that hangs must not keep the others waiting. */
const atOnce = 8;
const perHost = 2;
/** What is being sent when the daemon stops may end; after that it is sent again later. */
const stopGraceMs = 2000;
/** A clock that was set must not make anybody wait for longer. */
const longestSleepMs = 60_000;

/** Sends the webhooks of the database, each until it arrived or was given up. */
export class Notifier {
  readonly #sending = new Map<string, { host: string; ended: Promise<void> }>();
  readonly #breakers = new Map<string, BreakerState>();
  readonly #stopping = new AbortController();
  #isOpen = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #wake = () => this.#sendDue();

  constructor(private readonly parts: NotifierParts) {}

  start(): void {
    this.#isOpen = true;
    this.parts.bus.on('delivery', this.#wake);
    this.#sendDue();
  }

  async stop(): Promise<void> {
    this.#isOpen = false;
    this.parts.bus.off('delivery', this.#wake);
    clearTimeout(this.#timer);
    const timer = setTimeout(() => this.#stopping.abort(), stopGraceMs);
    await Promise.all([...this.#sending.values()].map(({ ended }) => ended));
    clearTimeout(timer);
  }

  #sendDue(): void {
    if (!this.#isOpen) return;
    const { deliveries } = this.parts.store;
    while (this.#sending.size < atOnce) {
      const now = this.parts.clock.now();
      const row = deliveries.due(now, [...this.#sending.keys()], this.#busyHosts());
      if (row === undefined) break;
      const ended = this.#deliver(row);
      this.#sending.set(row.id, { host: row.host, ended });
    }
    this.#sleep();
  }

  async #deliver(row: DeliveryRow): Promise<void> {
    const sent = await this.parts.send(row, this.#stopping.signal);
    this.#sending.delete(row.id);
    // Cut off by the stop: it is sent again, as the same one, by the next start.
    if (this.#stopping.signal.aborted) return;
    this.#record(row, sent);
    this.#sendDue();
  }

  #record(row: DeliveryRow, sent: Sent): void {
    const { store, clock, random, retry, breaker, log } = this.parts;
    const isAnswering = sent.status !== null && sent.status < 500;
    const state = this.#breakers.get(row.host) ?? closed;
    const next = afterAttempt(state, isAnswering, clock.monotonic(), breaker);
    if (next === closed) this.#breakers.delete(row.host);
    else this.#breakers.set(row.host, next);
    const outcome = outcomeOf(row, sent, clock.now(), random(), retry);
    store.transaction(() => {
      store.deliveries.attempted(row.id, outcome);
      if (outcome.state === 'gone') store.deliveries.dropTarget(row, 'HTTP 410', outcome.at);
    });
    const { id, jobId, type, host } = row;
    log.info({ webhookId: id, jobId, type, host, ...sent, state: outcome.state }, 'webhook');
  }

  /** Hosts that get nothing more right now: their breaker is open or their slots are taken. */
  #busyHosts(): string[] {
    const now = this.parts.clock.monotonic();
    const hosts = new Set([...this.#breakers.keys(), ...this.#sendingHosts()]);
    return [...hosts].filter((host) => {
      const taken = this.#sendingHosts().filter((each) => each === host).length;
      const state = this.#breakers.get(host) ?? closed;
      return taken >= slotsOf(state, now, perHost, this.parts.breaker);
    });
  }

  #sendingHosts(): string[] {
    return [...this.#sending.values()].map(({ host }) => host);
  }

  /** Until the next one falls due or a breaker lets one through. The end of a sending wakes too. */
  #sleep(): void {
    clearTimeout(this.#timer);
    if (this.#sending.size >= atOnce) return;
    const { store, clock } = this.parts;
    const nextAt = store.deliveries.nextAt([...this.#sending.keys()], this.#busyHosts());
    const monotonic = clock.monotonic();
    const pauses = [...this.#breakers.values()]
      .map(({ openUntil }) => openUntil - monotonic)
      .filter((pause) => pause > 0);
    if (nextAt !== null) pauses.push(nextAt - clock.now());
    if (pauses.length === 0) return;
    const pause = Math.min(longestSleepMs, Math.max(1, Math.min(...pauses)));
    this.#timer = setTimeout(this.#wake, Math.ceil(pause)).unref();
  }
}
