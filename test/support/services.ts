import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../../src/daemon/clock.js';
import { readConfig } from '../../src/daemon/config.js';
import { homeLayout, makeDirectories } from '../../src/daemon/layout.js';
import { rememberTools } from '../../src/daemon/remembered-tools.js';
import { buildServices, type Services } from '../../src/daemon/services.js';
import { openStore } from '../../src/daemon/store/store.js';
import { endlessTask } from './tasks.js';

export interface TestServices extends Services {
  close(): Promise<void>;
}

/** Everything behind HTTP, over a real database in a home of its own; tasks never end. */
export async function openTestServices(): Promise<TestServices> {
  const home = await mkdtemp(join(tmpdir(), 'kdrama-test-'));
  const layout = homeLayout(home);
  makeDirectories(layout);
  const store = openStore(layout.database);
  const services = buildServices({
    findEncoders: () => Promise.resolve([]),
    config: readConfig({ KDRAMA_HOME: home }),
    store,
    layout,
    clock: systemClock,
    log: pino({ level: 'silent' }),
    freeBytes: () => Promise.resolve(1e13),
    tools: rememberTools(() => Promise.resolve(undefined)),
    runTask: endlessTask,
    onBroken: () => undefined,
    onDrained: () => undefined,
  });
  return {
    ...services,
    async close() {
      await services.uploads.stop();
      await services.jobs.stop();
      store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
