import type { Logger } from 'pino';
import { localOwner } from '../shared/job-wish.js';
import { createAccounts } from './accounts/accounts.js';
import { Bus } from './bus.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { Daily } from './jobs/upkeep/daily.js';
import { createJobs } from './jobs/jobs.js';
import type { EncoderSlots } from './jobs/running/lanes.js';
import { wantedRungs } from './jobs/states/picture-wish.js';
import { parseQuietHours } from './jobs/running/quiet-hours.js';
import { forgetFinished } from './jobs/upkeep/retention.js';
import { keyNamed } from './keys.js';
import type { Layout } from './layout.js';
import { createCatalogue } from './library/catalogue.js';
import { createLibrary } from './library/library.js';
import { Replacements, replaceSameEpisode } from './library/replacement.js';
import { createWebhooks, type WebhookOptions } from './notify/webhooks.js';
import type { RememberedTools } from './remembered-tools.js';
import type { Store } from './store/store.js';
import { createStreaming } from './streaming/streaming.js';
import { attachSubtitle } from './subtitles/attach.js';
import { logWork } from './work-log.js';
import { Quota } from './uploads/quota.js';
import type { FreeBytes } from './uploads/space.js';
import { createMetrics } from './metrics/metrics.js';
import { Uploads } from './uploads/uploads.js';
import { createWatches } from './watching.js';
import type { RunTask } from './worker/task.js';

export interface ServiceParts {
  readonly config: Config;
  readonly store: Store;
  readonly layout: Layout;
  readonly clock: Clock;
  readonly log: Logger;
  readonly freeBytes: FreeBytes;
  readonly tools: RememberedTools;
  readonly runTask: RunTask;
  /** The hardware encoders that work; undefined as long as that cannot be known. */
  readonly findEncoders: () => Promise<readonly EncoderSlots[] | undefined>;
  /** How webhooks are sent. */
  readonly webhooks?: WebhookOptions | undefined;
  readonly onDrained: () => void;
  readonly onBroken: (error: unknown) => void;
}

export type Services = ReturnType<typeof buildServices>;

/** Everything between the database and the HTTP face, built once, not running yet. */
export function buildServices(parts: ServiceParts) {
  const { config, store, layout, clock, log, freeBytes, tools, runTask, onBroken } = parts;
  const bus = new Bus();
  const metrics = createMetrics();
  bus.on('task', metrics.taskEnded);
  logWork(bus, store.events, log);
  const webhooks = createWebhooks({ ...parts.webhooks, config, store, bus, clock, log });
  const globalWebhook = webhooks.global;
  const jobs = createJobs({
    ...{ store, bus, layout, clock, runTask, globalWebhook, onBroken },
    findEncoders: parts.findEncoders,
    defaultLadder: config.ladder,
    defaultUseGpu: config.useGpu,
    sound: { surround: config.surround, loudness: config.loudness },
    picture: {
      rungs: wantedRungs(config.resolutions),
      encoder: { crf: config.crf, preset: config.preset },
    },
    quietHours: config.quietHours === undefined ? undefined : parseQuietHours(config.quietHours),
    onDrained: parts.onDrained,
  });
  const library = createLibrary({ store, jobs, bus, clock, keepSource: config.keepSource });
  const maxBytes = config.uploadMaxBytes;
  const retention = new Daily(
    (signal) => forgetFinished({ store, layout, clock }, config.retentionDays, signal),
    (err) => log.error({ err }, 'forgetting finished jobs failed'),
  );
  const replacements = new Replacements({ store, jobs, bus, layout }, (err) =>
    log.error({ err }, 'removing a replaced video failed'),
  );
  const accounts = createAccounts({ store, clock, secret: config.jwtSecret });
  const quota = new Quota({
    limitOf: (owner) => {
      const isAdmin = owner === localOwner || accounts.users.find(owner)?.role === 'admin';
      return isAdmin ? undefined : config.uploadQuotaBytes;
    },
    usedBy: (owner) => store.usage.bytesOf(owner, clock.now()),
  });
  const uploads = new Uploads({
    ...{ store, library, jobs, layout, clock, log },
    ...{ maxBytes, freeBytes, quota, onBroken },
    demandTarget: webhooks.demandTarget,
  });
  return {
    store,
    layout,
    clock,
    tools,
    bus,
    metrics,
    jobs,
    webhooks,
    retention,
    replacements,
    accounts,
    quota,
    catalogue: createCatalogue(store, jobs),
    uploads,
    watches: createWatches({
      ...{ config, store, uploads, layout, clock, log, tools },
      replaceSameEpisode: (id, by) => replaceSameEpisode({ store, bus, layout }, id, by),
      attachSubtitle: (videoId, file) =>
        attachSubtitle({ store, bus, layout, clock }, videoId, file),
    }),
    streaming: createStreaming({
      store,
      jobs,
      bus,
      layout,
      clock,
      secret: keyNamed(store.secrets, 'stream'),
      onOutcome: metrics.segment,
      onTrack: (isHit) => metrics.cache('subtitles', isHit),
      onSegment: (isHit) => metrics.cache('segments', isHit),
    }),
  };
}

/** Files and rows come together first; then what was left half-done goes on. */
export async function runServices(services: Services): Promise<void> {
  const { uploads, jobs, webhooks, retention, replacements, watches } = services;
  // Uploads first: to jobs, a source whose video row never came is an orphan.
  await uploads.recover();
  await jobs.recover();
  await uploads.run();
  jobs.start();
  webhooks.start();
  retention.start();
  replacements.start();
  watches.start();
}
