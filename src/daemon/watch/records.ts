import type { Clock } from '../clock.js';
import type { WatchedFile, WatchedFileStore } from '../store/watched-files.js';

export type FileChange = Partial<Omit<WatchedFile, 'watchId' | 'path' | 'updatedAt'>>;

/** Nothing is known of what it was before. */
export const fresh: FileChange = {
  ...{ identity: null, fingerprint: null, uploadId: null, videoId: null, error: null },
  ...{ retryAt: null, isPresent: true },
};

/** What is known of the files of one watched folder. */
export class FileRecords {
  constructor(
    private readonly store: WatchedFileStore,
    private readonly watchId: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  find(path: string): WatchedFile | undefined {
    return this.store.find(this.watchId, path);
  }

  change(path: string, change: FileChange): void {
    const before = this.find(path) ?? this.#blank(path);
    this.store.put({ ...before, ...change, updatedAt: this.clock.now() });
  }

  /** Where it is changes nothing about what became of it. */
  setPresent(path: string, isPresent: boolean): void {
    const file = this.find(path);
    if (file !== undefined) this.store.put({ ...file, isPresent });
  }

  forget(path: string): void {
    this.store.remove(this.watchId, path);
  }

  present(): string[] {
    return this.store.present(this.watchId);
  }

  importing(): WatchedFile[] {
    return this.store.inState(this.watchId, 'importing');
  }

  /** `folder` ends with `/`, or is `''` for all of it. */
  pathsBelow(folder: string): string[] {
    return this.store.pathsBelow(this.watchId, folder);
  }

  /** Those that are noted only. */
  notedBelow(folder: string): WatchedFile[] {
    return this.store.notedBelow(this.watchId, folder);
  }

  unfinished(): number {
    const { waiting = 0, importing = 0 } = this.store.counts(this.watchId);
    return waiting + importing;
  }

  retryNow(): void {
    this.store.retryNow(this.watchId, this.clock.now());
  }

  #blank(path: string): WatchedFile {
    const { watchId } = this;
    const nothing = { fingerprint: null, uploadId: null, videoId: null, error: null };
    const state = 'waiting' as const;
    return {
      watchId,
      path,
      state,
      identity: null,
      ...nothing,
      retryAt: null,
      ...present(this.clock),
    };
  }
}

function present(clock: Pick<Clock, 'now'>) {
  return { isPresent: true, updatedAt: clock.now() };
}
