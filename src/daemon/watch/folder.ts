import type PQueue from 'p-queue';
import type { WatchState } from '../../shared/contract/index.js';
import { isTextSubtitle } from '../../shared/sidecars/subtitle-name.js';
import type { WatchedFile } from '../store/watched-files.js';
import type { Watch } from '../store/watches.js';
import type { WatchContext } from './context.js';
import { Hands } from './hands.js';
import type { Hints } from './hints.js';
import { hintDelayMs, scanPauseMs } from './pace.js';
import { FileRecords } from './records.js';
import { removeOriginal } from './remove-original.js';
import { lookAtRoot } from './root.js';
import { scan, type Scanned } from './scan.js';
import { Standings } from './standings.js';
import { resumeFile, takeFile, type Taking } from './take-file.js';
import { sidecarsOf, takeSidecar } from './take-sidecar.js';

/** How a watched folder is. */
export interface FolderStatus {
  readonly state: WatchState;
  readonly error: WatchedFile['error'];
  readonly isSettled: boolean;
  readonly settleSeconds: number;
  /** Since 1970; null before the first whole look. */
  readonly scannedAt: number | null;
}

/** A folder that is watched: looks through it, again and again, and has its files taken. */
export class WatchedFolder {
  readonly #records: FileRecords;
  readonly #standings: Standings;
  readonly #hands: Hands;
  readonly #stopping = new AbortController();
  #pausing = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #hints: Hints | undefined;
  #error: WatchedFile['error'] = null;
  #scannedAt: number | null = null;
  #last = { tookMs: 0, isAway: false };
  /** When to look through all of it; monotonic. */
  #scanAtMs = -Infinity;
  /** How often somebody asked for a whole look, and up to which of these it was looked through. */
  #asked = 1;
  #answered = 0;

  constructor(
    private watch: Watch,
    private readonly context: WatchContext,
    queue: PQueue,
    private readonly onEnd: (watch: Watch) => void,
  ) {
    const { store, clock, settleSeconds } = context;
    this.#records = new FileRecords(store.watchedFiles, watch.id, clock);
    this.#standings = new Standings(clock, settleSeconds);
    this.#hands = new Hands(queue, this.#stopping.signal, {
      free: () => this.#wake(),
      error: (err) => this.#complain(err),
    });
  }

  start(): void {
    for (const { path } of this.#records.importing()) {
      this.#hands.hold(path, () => this.#with(path, () => resumeFile(path, this.#taking())));
    }
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the folder is watched no longer'));
    this.#wake();
    await this.#running;
    await this.#hands.idle();
    await this.#closeHints();
  }

  /** Looks through it at once, as `watch` says from now on; what was refused for a while is tried again. */
  ask(watch: Watch): void {
    this.watch = watch;
    this.#records.retryNow();
    this.#asked += 1;
    this.#scanAtMs = -Infinity;
    this.#wake();
  }

  status(): FolderStatus {
    const isQuiet = this.#last.isAway || this.#records.unfinished() === 0;
    const isIdle = this.#hands.areEmpty && (this.#last.isAway || this.#standings.areEmpty);
    return {
      state: this.#error !== null ? 'away' : this.#scannedAt === null ? 'starting' : 'watching',
      error: this.#error,
      isSettled: this.#answered === this.#asked && isQuiet && isIdle,
      settleSeconds: this.#standings.rule.seconds,
      scannedAt: this.#scannedAt,
    };
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#pausing = new AbortController();
      try {
        await this.#round();
      } catch (err) {
        if (signal.aborted) return;
        this.#complain(err);
      }
      if (this.watch.isOnce && this.#error === null && this.status().isSettled) {
        this.onEnd(this.watch);
        return this.#closeHints();
      }
      await this.#pause();
    }
  }

  async #round(): Promise<void> {
    const { clock } = this.context;
    if (clock.monotonic() >= this.#scanAtMs) await this.#lookThrough();
    else await this.#standings.look((path) => this.context.files.lookAt(this.watch.path, path));
    for (const settled of this.#standings.settled()) {
      if (this.#hands.areFull) break;
      if (this.#hands.has(settled.path)) continue;
      this.#standings.drop(settled.path);
      this.#hands.take(settled.path, () =>
        this.#with(settled.path, () =>
          isTextSubtitle(settled.path)
            ? takeSidecar(settled, this.#taking())
            : takeFile(settled, this.#taking()),
        ),
      );
    }
  }

  /** Does something with a file; one that was not what had stood still is looked at again. */
  async #with(path: string, work: () => Promise<void>): Promise<void> {
    await work();
    if (this.#stopping.signal.aborted) return;
    const sidecars = sidecarsOf(path, this.#taking());
    for (const each of sidecars) this.#standings.stood(each.path, each.identity);
    if (this.#records.find(path)?.state === 'waiting') this.#hint();
  }

  async #lookThrough(): Promise<void> {
    const { clock } = this.context;
    const startedMs = clock.monotonic();
    this.#scanAtMs = Infinity;
    const asked = this.#asked;
    try {
      await this.#lookThroughIfThere();
      this.#answered = asked;
    } finally {
      const now = clock.monotonic();
      this.#last = { tookMs: now - startedMs, isAway: this.#error !== null };
      const next = now + scanPauseMs(this.#last, this.#hints === undefined);
      this.#scanAtMs = Math.min(this.#scanAtMs, next);
    }
  }

  async #lookThroughIfThere(): Promise<void> {
    const { store, files, clock } = this.context;
    const { id, path } = this.watch;
    const known = store.watches.find(id)?.device ?? null;
    const root = await lookAtRoot(path, known, files);
    this.#error = root.isThere ? null : root.error;
    if (!root.isThere) return this.#closeHints();
    if (known !== root.device) {
      store.watches.setDevice(id, root.device);
      await this.#closeHints();
    }
    this.#standings.onNetwork(root.isNetwork);
    await scan(this.#scanned());
    this.#scannedAt = clock.now();
    if (root.isNetwork || this.watch.polls) await this.#closeHints();
    else this.#openHints();
  }

  #openHints(): void {
    this.#hints ??= this.context.files.openHints(
      this.watch.path,
      () => this.#hint(),
      (err) => {
        this.context.log.warn(
          { err, path: this.watch.path },
          'no hints: it is looked through instead',
        );
        void this.#closeHints();
      },
    );
  }

  async #closeHints(): Promise<void> {
    const hints = this.#hints;
    this.#hints = undefined;
    await hints?.close();
  }

  #hint(): void {
    const at = this.context.clock.monotonic() + hintDelayMs(this.#last);
    if (at >= this.#scanAtMs) return;
    this.#scanAtMs = at;
    this.#wake();
  }

  async #pause(): Promise<void> {
    const { clock } = this.context;
    const until = Math.min(this.#scanAtMs, this.#standings.nextLookMs());
    const pauseMs = Math.max(Math.ceil(until - clock.monotonic()), 0);
    // Whatever wakes it, it looks what is due.
    await clock.sleep(pauseMs, this.#pausing.signal).catch(() => undefined);
  }

  #complain(err: unknown): void {
    this.context.log.error({ err, path: this.watch.path }, 'a watched folder failed');
  }

  #wake(): void {
    this.#pausing.abort();
  }

  #taking(): Taking {
    const { watch, context } = this;
    return { watch, context, records: this.#records, signal: this.#stopping.signal };
  }

  #scanned(): Scanned {
    return {
      ...this.#taking(),
      isInHand: (path) => this.#hands.has(path),
      onWaiting: ({ path, identity }) => this.#standings.see(path, identity),
      onRetry: ({ path, identity }) => this.#standings.stood(path, identity),
      onRemoveOriginal: (path) =>
        this.#hands.take(path, () => removeOriginal(this.watch, path, this.#records, this.context)),
    };
  }
}
