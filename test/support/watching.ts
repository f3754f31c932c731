import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { replaceSameEpisode } from '../../src/daemon/library/replacement.js';
import { demandWhole } from '../../src/daemon/media/frames/whole.js';
import type { WatchedFile } from '../../src/daemon/store/watched-files.js';
import { attachSubtitle } from '../../src/daemon/subtitles/attach.js';
import { folderFiles, type FolderFiles } from '../../src/daemon/watch/folder-files.js';
import { Watches, type ConfiguredWatch } from '../../src/daemon/watch/watches.js';
import { manualClock, type ManualClock } from './manual-clock.js';
import { openTestServices, type TestServices } from './services.js';

const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: '' };

export interface TestWatches {
  readonly services: TestServices;
  readonly folder: string;
  readonly clock: ManualClock;
  readonly watches: Watches;
  /** Lines of the log from `warn` on. */
  readonly complaints: () => readonly string[];
  /** As the file system would tell that something has changed. */
  hint(): void;
  /** What is known of a file; undefined: nothing. */
  file(id: string, path: string): WatchedFile | undefined;
  /** Resolves when the file is in that state. */
  becomes(id: string, path: string, state: WatchedFile['state']): Promise<WatchedFile>;
  /** The daemon ends and starts again on the same home. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface TestWatchesOptions {
  readonly files?: Partial<FolderFiles>;
  readonly demandWhole?: (path: string, signal: AbortSignal) => Promise<void>;
  readonly configured?: (folder: string) => readonly ConfiguredWatch[];
}

/** Watched folders over a real library, database and disk; only time is the test's. */
export async function openTestWatches(options: TestWatchesOptions = {}): Promise<TestWatches> {
  const services = await openTestServices();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kdrama-watched-')));
  const clock = manualClock();
  const lines: string[] = [];
  let onHint: () => void = () => undefined;
  const open = () => {
    const opened = new Watches(
      {
        ...{ store: services.store, uploads: services.uploads, clock, settleSeconds: 15 },
        log: pino({ level: 'warn' }, { write: (line) => void lines.push(line) }),
        files: {
          ...folderFiles,
          openHints: (_, hint) => {
            onHint = hint;
            return { close: () => Promise.resolve() };
          },
          ...options.files,
        },
        attachSubtitle: (videoId, subtitle) => attachSubtitle(services, videoId, subtitle),
        demandWhole: options.demandWhole ?? ((path, signal) => demandWhole(tools, path, signal)),
        replaceSameEpisode: (id, by) => replaceSameEpisode(services, id, by),
        except: [services.layout.home, services.layout.media],
      },
      options.configured?.(folder) ?? [],
    );
    opened.start();
    return opened;
  };
  let watches = open();
  const file = (id: string, path: string) => services.store.watchedFiles.find(id, path);
  return {
    ...{ services, folder, clock, file },
    get watches() {
      return watches;
    },
    complaints: () => lines,
    hint: () => onHint(),
    async becomes(id, path, state) {
      await expect.poll(() => file(id, path)?.state, { timeout: 20_000 }).toBe(state);
      return file(id, path) as WatchedFile;
    },
    async restart() {
      await watches.stop();
      watches = open();
    },
    async close() {
      await watches.stop();
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
