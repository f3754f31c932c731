import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WatchView } from '../../src/shared/contract/index.js';
import { startDaemonProcess, type DaemonProcess } from '../support/daemon-process.js';

const folders = 200;
const filesEach = 100;

let home: string;
let folder: string;
let daemon: DaemonProcess;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-slow-'));
  folder = await mkdtemp(join(tmpdir(), 'kdrama-watched-'));
  for (let series = 0; series < folders; series++) {
    const path = join(folder, `Series ${series}`);
    await mkdir(path);
    const episodes = Array.from({ length: filesEach }, (_, episode) => `E${episode}.mkv`);
    await Promise.all(episodes.map((name) => writeFile(join(path, name), `${series} ${name}`)));
  }
  daemon = await startDaemonProcess(home);
}, 120_000);
afterAll(async () => {
  await daemon.end('SIGTERM');
  await rm(home, { recursive: true });
  await rm(folder, { recursive: true });
});

async function view(id: string): Promise<WatchView> {
  return (await (await daemon.fetch(`/watches/${id}`)).json()) as WatchView;
}

/** The most that the daemon has had in memory. */
async function peakBytes(): Promise<number> {
  const status = await readFile(`/proc/${daemon.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** Of one processor: what else this machine does makes no difference. */
async function workedSeconds(): Promise<number> {
  const stat = await readFile(`/proc/${daemon.child.pid}/stat`, 'utf8');
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14);
  return (Number(user) + Number(system)) / 100;
}

test.runIf(process.platform === 'linux')(
  '20,000 files are looked through in 10 s of work, and take at most 300 MB until each has ended',
  async () => {
    const before = await workedSeconds();
    const response = await daemon.fetch('/watches', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: folder }),
    });
    const { id } = (await response.json()) as WatchView;
    await expect
      .poll(async () => (await view(id)).scannedAt, { timeout: 120_000, interval: 250 })
      .not.toBeNull();
    expect((await workedSeconds()) - before).toBeLessThan(10);
    expect((await view(id)).files.waiting).toBe(folders * filesEach);
    await expect
      .poll(async () => (await view(id)).files.refused, { timeout: 900_000, interval: 1000 })
      .toBe(folders * filesEach);
    expect(await peakBytes()).toBeLessThan(300 * 1024 ** 2);
  },
);
