import { homedir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { KdramaError } from '../shared/errors.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Layout } from './layout.js';
import { demandWhole } from './media/frames/whole.js';
import type { RememberedTools } from './remembered-tools.js';
import type { Store } from './store/store.js';
import type { Uploads } from './uploads/uploads.js';
import type { WatchContext } from './watch/context.js';
import { folderFiles } from './watch/folder-files.js';
import { Watches } from './watch/watches.js';

export interface WatchingParts {
  readonly config: Pick<Config, 'watchFolders' | 'watchSettleSeconds'>;
  readonly store: Store;
  readonly uploads: Uploads;
  readonly layout: Layout;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tools: RememberedTools;
  readonly replaceSameEpisode: WatchContext['replaceSameEpisode'];
  readonly attachSubtitle: WatchContext['attachSubtitle'];
}

/** The watched folders over the real disk: files are read to their end with ffprobe. */
export function createWatches(parts: WatchingParts): Watches {
  const { config, store, uploads, layout, clock, log, tools, replaceSameEpisode, attachSubtitle } =
    parts;
  const context = {
    ...{ store, uploads, log, files: folderFiles, replaceSameEpisode, attachSubtitle },
    clock: {
      ...clock,
      sleep: (milliseconds: number, signal: AbortSignal) =>
        setTimeout(Math.min(milliseconds, longestTimerMs), undefined, { signal, ref: false }),
    },
    demandWhole: async (path: string, signal: AbortSignal) => {
      const found = await tools.find();
      if (found === undefined) throw new KdramaError('FFMPEG_UNAVAILABLE');
      await demandWhole(found, path, signal);
    },
    settleSeconds: config.watchSettleSeconds,
    except: [layout.home, layout.media],
  };
  const configured = config.watchFolders.map((folder) => ({
    ...folder,
    path: folder.path.replace(/^~(?=\/)/, homedir()),
  }));
  return new Watches(context, configured);
}

/** Node fires longer timers at once. */
const longestTimerMs = 2 ** 31 - 1;
