import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Health, HealthPart, PartName, WorkView } from '../../shared/contract/index.js';
import { apiVersion, version } from '../../shared/version.js';
import type { Clock } from '../clock.js';
import type { Disk } from '../disk.js';
import type { LaneLoad } from '../jobs/running/load.js';
import { diskPart, ffmpegPart, lanesPart } from './parts.js';

/** However often somebody asks, the parts are looked at once in this time. */
const freshMs = 1_000;

export interface HealthSources {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly identity: Pick<Health, 'instanceId' | 'startedAt'>;
  /** Where uploads are written. */
  readonly directory: string;
  /** Throws when the database does not answer. */
  readonly ping: () => void;
  readonly disk: (directory: string) => Promise<Disk>;
  readonly mayTranscode: () => boolean;
  readonly lanes: () => readonly LaneLoad[];
  readonly work: () => WorkView;
}

/** How the daemon is: each part is looked at, none of them can make the answer fail. */
export function createHealth(sources: HealthSources): () => Promise<Health> {
  let looked: { readonly at: number; readonly health: Promise<Looked> } | undefined;
  return async () => {
    const now = sources.clock.monotonic();
    if (looked === undefined || now - looked.at >= freshMs) {
      looked = { at: now, health: look(sources) };
    }
    // Costs nothing to look at, and whoever has just changed it wants to see that.
    return { ...(await looked.health), work: sources.work() };
  };
}

type Looked = Omit<Health, 'work'>;

async function look(sources: HealthSources): Promise<Looked> {
  const { identity, directory, ping, disk, mayTranscode, lanes } = sources;
  const parts: Readonly<Record<PartName, HealthPart>> = {
    database: await part(() => {
      ping();
      return { status: 'ok' };
    }),
    mediaDirectory: await part(async () => {
      await access(directory, constants.R_OK | constants.W_OK);
      return { status: 'ok', detail: directory };
    }),
    disk: await part(async () => diskPart(await disk(directory), directory)),
    ffmpeg: ffmpegPart(mayTranscode()),
    lanes: await part(() => lanesPart(lanes())),
  };
  const found = Object.values(parts).map(({ status }) => status);
  return {
    status: found.every((status) => status === 'ok') ? 'ok' : 'degraded',
    ...{ version, apiVersion, pid: process.pid, ...identity },
    ffmpeg: parts.ffmpeg.status === 'ok',
    live: true,
    ready: !found.includes('fail'),
    parts,
  };
}

async function part(check: () => HealthPart | Promise<HealthPart>): Promise<HealthPart> {
  try {
    return await check();
  } catch (error) {
    return { status: 'fail', detail: error instanceof Error ? error.message : String(error) };
  }
}
