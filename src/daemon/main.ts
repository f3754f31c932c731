import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { SignInCode } from '../shared/contract/index.js';
import { newId } from '../shared/ids.js';
import type { Role } from '../shared/states.js';
import { Cleanup } from './cleanup.js';
import { systemClock, type Clock } from './clock.js';
import type { Config } from './config.js';
import { DaemonFile } from './daemon-file.js';
import { diskOf } from './disk.js';
import type { StreamTiming } from './http/events/listener.js';
import { openHttp, type OpenHttp } from './http/open.js';
import { createHealth } from './health/health.js';
import { IdleExit } from './idle-exit.js';
import { daemonHardware, workingEncoders } from './hardware.js';
import { homeLayout, makeDirectories, type Layout } from './layout.js';
import { allowedCores, coresOfShare } from './media/ffmpeg/cores.js';
import { findTools, type Tools } from './media/tools/find-tools.js';
import type { WebhookOptions } from './notify/webhooks.js';
import { rememberTools } from './remembered-tools.js';
import { buildServices, runServices, type Services } from './services.js';
import { lockHome } from './store/lock.js';
import { openStore, type Store } from './store/store.js';
import { freeBytes, type FreeBytes } from './uploads/space.js';
import { runTask } from './worker/run-task.js';
import type { RunTask } from './worker/task.js';

export interface DaemonOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly freeBytes?: FreeBytes;
  /** Runs in somebody's terminal, who alone may end it. */
  readonly isForeground?: boolean;
  /** The built pages; by default they lie beside the built daemon. */
  readonly webDirectory?: string;
  /** How tasks are done; the default runs ffmpeg. */
  readonly runTask?: RunTask;
  /** How webhooks are sent. */
  readonly webhooks?: WebhookOptions;
  /** Of event streams. */
  readonly streamTiming?: StreamTiming;
  /** The database failed: nothing is reliable any more; stop and say why. */
  readonly onBroken?: (error: unknown) => void;
  /** An admin drained it: stop, nothing runs any more. */
  readonly onDrained?: () => void;
  /** Nobody used it for as long as the settings say: stop. Without this it goes on. */
  readonly onIdle?: () => void;
}

export interface Daemon {
  readonly url: string;
  /** An address that signs a browser in, once; for watching unless another role is named. */
  signInCode(role?: Role): SignInCode;
  /** Lets answers end, gives back running tasks, releases the home. Calling it again waits too. */
  stop(): Promise<void>;
}

/**
 * Starts everything for one home and answers once it can be reached. Throws DAEMON_RUNNING,
 * DATABASE_NEWER, PORT_IN_USE, CONFIG_INVALID, and leaves nothing open then.
 */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const cleanup = new Cleanup();
  try {
    return await start(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function start(options: DaemonOptions, cleanup: Cleanup): Promise<Daemon> {
  const { config, log, clock = systemClock } = options;
  const { layout, store, daemonFile } = openHome(config, clock, cleanup);
  const tools = rememberTools(() => findLimitedTools(config));
  const hardware = daemonHardware({ tools, layout, clock, log });
  const services = buildServices({
    config,
    store,
    layout,
    clock,
    log,
    freeBytes: options.freeBytes ?? freeBytes,
    tools,
    webhooks: options.webhooks,
    runTask: options.runTask ?? runTask(() => tools.find(), hardware),
    findEncoders: () => workingEncoders(hardware),
    onDrained: options.onDrained ?? (() => undefined),
    onBroken: options.onBroken ?? ((err) => log.fatal({ err }, 'the database failed')),
  });
  cleanup.add(() => services.webhooks.stop());
  cleanup.add(() => services.jobs.stop());
  cleanup.add(() => services.uploads.stop());
  cleanup.add(() => services.retention.stop());
  cleanup.add(() => services.replacements.stop());
  cleanup.add(() => services.watches.stop());
  await runServices(services);

  const identity = { instanceId: newId(), startedAt: new Date(clock.now()).toISOString() };
  const health = createHealth({
    ...{ clock, identity, disk: diskOf, directory: layout.uploads },
    ping: () => store.census.ping(),
    mayTranscode: () => tools.mayWork(),
    lanes: () => services.jobs.load.lanes(),
    work: () => services.jobs.work.view(),
  });
  const webDirectory = options.webDirectory ?? fileURLToPath(new URL('../web', import.meta.url));
  const renewed = () => daemonFile.write(facts());
  const { streamTiming } = options;
  const http = await openHttp({
    ...{ config, layout, log, services, health, webDirectory, renewed, streamTiming },
  });
  cleanup.add(() => http.close());
  const { isForeground = false } = options;
  const facts = () => ({ ...identity, isForeground, ...reachOf(config, http) });
  daemonFile.write(facts());
  cleanup.add(() => daemonFile.remove());
  log.info({ url: http.url, home: layout.home }, 'listening');
  // Found out before the first task needs it; who does tasks in another way has no use for it.
  if (options.runTask === undefined) {
    tools.find().then(
      (ffmpeg) => log.info({ ffmpeg: ffmpeg ?? null }, 'ffmpeg'),
      (err: unknown) => log.error({ err }, 'looking for ffmpeg failed'),
    );
  }

  const idleExit = idleExitOf(options, services, http);
  idleExit?.start();
  cleanup.add(() => idleExit?.stop());

  let stopping: Promise<void> | undefined;
  return {
    url: http.url,
    signInCode: http.signInAddress,
    stop: () => (stopping ??= cleanup.run()),
  };
}

async function findLimitedTools(config: Config): Promise<Tools | undefined> {
  const [tools, allowed] = await Promise.all([findTools(config), allowedCores()]);
  if (tools === undefined || config.cpuShare === undefined) return tools;
  return { ...tools, share: { cores: allowed && coresOfShare(allowed, config.cpuShare) } };
}

interface Home {
  readonly layout: Layout;
  readonly store: Store;
  readonly daemonFile: DaemonFile;
}

/** Makes this process the one owner of a home, then opens its database. */
function openHome(config: Config, clock: Clock, cleanup: Cleanup): Home {
  const layout = homeLayout(config.home, config.mediaDirectory);
  process.umask(0o077); // whatever is written from here on is its owner's alone
  makeDirectories(layout);
  const lock = lockHome(layout.lock);
  cleanup.add(() => lock.release());
  const daemonFile = new DaemonFile(layout.daemonFile, clock.now());
  const store = openStore(layout.database);
  cleanup.add(() => store.close());
  return { layout, store, daemonFile };
}

function idleExitOf(
  { config, clock = systemClock, onIdle }: DaemonOptions,
  { jobs, store, watches }: Services,
  http: OpenHttp,
): IdleExit | undefined {
  const { idleExitMinutes: afterMinutes } = config;
  if (afterMinutes === undefined || onIdle === undefined) return undefined;
  const isWorking = () => jobs.load.lanes().some(({ running, waiting }) => running + waiting > 0);
  const hasNews = () => (store.census.deliveries()['waiting'] ?? 0) > 0;
  const isWatching = () => watches.list().length > 0;
  const isBusy = () => isWorking() || hasNews() || isWatching();
  const bytesMoved = () => http.bytesMoved();
  return new IdleExit({ clock, afterMinutes, bytesMoved, isBusy, onIdle });
}

/** How this machine's clients reach it, and know it over TLS. */
function reachOf({ listen, openViewing }: Config, http: OpenHttp) {
  const { fingerprint, names } = http.certificate() ?? {};
  return { url: http.url, listen: listen.hostname, openViewing, fingerprint, names };
}
