import type { FileIdentity } from '../../shared/contract/index.js';
import type { Clock } from '../clock.js';
import type { Look } from './look.js';
import {
  hasSettled,
  isSameFile,
  lookAgain,
  lookEveryMs,
  settleRule,
  type SettleRule,
  type Standing,
} from './settling.js';

/** So many files are looked at together. */
const atOnce = 32;

export interface Settled {
  /** Below the folder. */
  readonly path: string;
  readonly identity: FileIdentity;
}

/**
 * How the waiting files of one folder stand. Only remembered: after a restart they have to stand
 * still once more, which loses nothing.
 */
export class Standings {
  readonly #unsettled = new Map<string, Standing>();
  /** Apart, since there may be 20,000 and they are asked for after each one that was taken. */
  readonly #settled = new Map<string, FileIdentity>();
  #rule: SettleRule;
  #lookedAtMs = -Infinity;

  constructor(
    private readonly clock: Pick<Clock, 'monotonic'>,
    private readonly seconds: number,
  ) {
    this.#rule = settleRule(seconds, false);
  }

  get rule(): SettleRule {
    return this.#rule;
  }

  get areEmpty(): boolean {
    return this.#unsettled.size === 0 && this.#settled.size === 0;
  }

  onNetwork(isNetwork: boolean): void {
    this.#rule = settleRule(this.seconds, isNetwork);
  }

  /** One more look at a file, perhaps the first. */
  see(path: string, identity: FileIdentity): void {
    const settled = this.#settled.get(path);
    if (settled !== undefined && isSameFile(settled, identity)) return;
    this.#settled.delete(path);
    const now = this.clock.monotonic();
    const standing = lookAgain(this.#unsettled.get(path), identity, now);
    if (hasSettled(standing, this.#rule, now)) this.stood(path, identity);
    else this.#unsettled.set(path, standing);
    this.#lookedAtMs = now;
  }

  /** It has stood still, or is known to have. */
  stood(path: string, identity: FileIdentity): void {
    this.#unsettled.delete(path);
    this.#settled.set(path, identity);
  }

  drop(path: string): void {
    this.#unsettled.delete(path);
    this.#settled.delete(path);
  }

  /** Those that have stood still, each as it stood. */
  *settled(): Generator<Settled> {
    for (const [path, identity] of this.#settled) yield { path, identity };
  }

  /** When the next look is due; monotonic, in milliseconds. */
  nextLookMs(): number {
    if (this.#unsettled.size === 0) return Infinity;
    return this.#lookedAtMs + lookEveryMs(this.#rule);
  }

  /** Looks at those that have not settled, when that is due. One that is gone is for the next scan. */
  async look(lookAt: (path: string) => Promise<Look | undefined>): Promise<void> {
    if (this.clock.monotonic() < this.nextLookMs()) return;
    const paths = [...this.#unsettled.keys()];
    for (let at = 0; at < paths.length; at += atOnce) {
      await Promise.all(
        paths.slice(at, at + atOnce).map(async (path) => {
          const look = await lookAt(path);
          if (look?.kind === 'video' || look?.kind === 'sidecar') this.see(path, look.identity);
          else this.drop(path);
        }),
      );
    }
    this.#lookedAtMs = this.clock.monotonic();
  }
}
