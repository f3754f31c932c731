import { realpath, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import PQueue from 'p-queue';
import type { NewWatchRequest, WatchMode } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import type { FileCounts, FilePageQuery, WatchedFile } from '../store/watched-files.js';
import type { Watch } from '../store/watches.js';
import type { WatchContext } from './context.js';
import { WatchedFolder, type FolderStatus } from './folder.js';
import { doOverlap, isWithin } from './overlap.js';

/** One that config.toml names. */
export interface ConfiguredWatch {
  /** Absolute. */
  readonly path: string;
  readonly mode: WatchMode;
  readonly poll: boolean;
}

export interface WatchReport {
  readonly watch: Watch;
  readonly status: FolderStatus;
  readonly counts: FileCounts;
}

/** Reading a file to its end and copying it keep a disk busy: so many at a time, of all folders. */
const filesAtOnce = 2;

/** The watched folders. */
export class Watches {
  readonly #folders = new Map<string, WatchedFolder>();
  readonly #queue = new PQueue({ concurrency: filesAtOnce });
  /** One change of the list after the other. */
  readonly #changes = new PQueue({ concurrency: 1 });

  constructor(
    private readonly context: WatchContext,
    private readonly configured: readonly ConfiguredWatch[],
  ) {}

  /** Goes on with all of them, and those that config.toml names now. */
  start(): void {
    this.#readConfigured();
    for (const watch of this.#active()) this.#begin(watch);
  }

  async stop(): Promise<void> {
    this.#changes.clear();
    await this.#changes.onIdle();
    await Promise.all([...this.#folders.values()].map((folder) => folder.stop()));
  }

  /** Those that have not ended, by path. */
  list(): WatchReport[] {
    return this.#active().map((watch) => this.#report(watch));
  }

  /** Throws WATCH_NOT_FOUND. */
  get(id: string): WatchReport {
    return this.#report(this.#find(id));
  }

  /** Throws WATCH_NOT_FOUND. */
  files(id: string, query: FilePageQuery): WatchedFile[] {
    return this.context.store.watchedFiles.page(this.#find(id).id, query);
  }

  /**
   * Watches a folder, or looks through one that is watched, as is wished from now on. Throws
   * VALIDATION_FAILED, FILE_UNREADABLE, WATCH_CONFLICT.
   */
  async add(request: NewWatchRequest): Promise<WatchReport> {
    const path = await folderAt(request.path);
    return this.#changes.add(() => this.#report(this.#add({ ...request, path })));
  }

  /** Its files and their videos stay. Throws WATCH_NOT_FOUND, and WATCH_CONFLICT for a configured one. */
  async remove(id: string): Promise<void> {
    await this.#changes.add(async () => {
      const { origin, path } = this.#find(id);
      if (origin === 'config') throw conflict(`config.toml names ${path}`);
      await this.#folders.get(id)?.stop();
      this.#folders.delete(id);
      this.context.store.watches.remove(id);
    });
  }

  #add({ path, mode, poll, once = false }: NewWatchRequest): Watch {
    const { store, clock } = this.context;
    const before = store.watches.findByPath(path);
    const isWatched = before !== undefined && before.endedAt === null;
    if (isWatched && before.origin === 'config') refuseOther(before, { mode, poll });
    // Looking once does not end what is watched for good.
    const isOnce = once && (!isWatched || before.isOnce);
    const watch: Watch = {
      id: before?.id ?? newId(),
      path,
      // How a look that has ended went is no wish for the next: it could take files away.
      mode: mode ?? (isWatched ? before.mode : 'keep'),
      polls: poll ?? (isWatched && before.polls),
      isOnce,
      origin: isWatched ? before.origin : 'command',
      device: before?.device ?? null,
      createdAt: before?.createdAt ?? clock.now(),
      endedAt: null,
    };
    if (!isWatched) this.#refuseOverlap(watch);
    store.watches.put(watch);
    this.#begin(watch);
    return watch;
  }

  #begin(watch: Watch): void {
    const running = this.#folders.get(watch.id);
    if (running !== undefined) return running.ask(watch);
    const folder = new WatchedFolder(watch, this.context, this.#queue, ({ id }) => {
      this.context.store.watches.end(id, this.context.clock.now());
      this.#folders.delete(id);
    });
    this.#folders.set(watch.id, folder);
    folder.start();
  }

  #readConfigured(): void {
    const { store, clock, log } = this.context;
    const paths = this.configured.map(({ path }) => path);
    for (const watch of store.watches.all()) {
      if (watch.origin === 'config' && !paths.includes(watch.path)) store.watches.remove(watch.id);
    }
    for (const { path, mode, poll } of this.configured) {
      const known = store.watches.findByPath(path);
      const { id = newId(), device = null, createdAt = clock.now() } = known ?? {};
      const named = { isOnce: false, origin: 'config', endedAt: null } as const;
      const watch: Watch = { id, path, mode, polls: poll, device, createdAt, ...named };
      try {
        this.#refuseOverlap(watch);
        store.watches.put(watch);
      } catch (err) {
        log.error({ err, path }, 'config.toml names a folder that cannot be watched');
      }
    }
  }

  /** Each file belongs to one folder, and ours are none of somebody's. */
  #refuseOverlap({ id, path }: Watch): void {
    const other = this.#active().find((each) => each.id !== id && doOverlap(each.path, path));
    if (other !== undefined) throw conflict(`${path} and ${other.path}, which is watched, overlap`);
    const own = this.context.except.find((each) => isWithin(path, each));
    if (own !== undefined) throw conflict(`${path} lies in ${own}, which is kdrama's own`);
  }

  #active(): Watch[] {
    return this.context.store.watches.all().filter(({ endedAt }) => endedAt === null);
  }

  #find(id: string): Watch {
    const watch = this.context.store.watches.find(id);
    if (watch === undefined) throw new KdramaError('WATCH_NOT_FOUND', id);
    return watch;
  }

  #report(watch: Watch): WatchReport {
    const status = this.#folders.get(watch.id)?.status() ?? this.#ended(watch);
    return { watch, status, counts: this.context.store.watchedFiles.counts(watch.id) };
  }

  #ended({ endedAt }: Watch): FolderStatus {
    const { settleSeconds } = this.context;
    return { state: 'ended', error: null, isSettled: true, settleSeconds, scannedAt: endedAt };
  }
}

/** What config.toml says is changed there. */
function refuseOther({ path, mode, polls }: Watch, wish: Pick<NewWatchRequest, 'mode' | 'poll'>) {
  const isOther = (wish.mode ?? mode) !== mode || (wish.poll ?? polls) !== polls;
  if (isOther) throw conflict(`config.toml says how ${path} is watched`);
}

function conflict(detail: string): KdramaError {
  return new KdramaError('WATCH_CONFLICT', detail);
}

/** Where it really is: by two names it would be two folders. */
async function folderAt(path: string): Promise<string> {
  if (!isAbsolute(path)) {
    throw new KdramaError('VALIDATION_FAILED', `expected an absolute path, got ${path}`);
  }
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) return real;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new KdramaError('FILE_UNREADABLE', `${path} (${code})`, { cause });
  }
  throw new KdramaError('FILE_UNREADABLE', `${path} is not a folder`);
}
