import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConfiguredWatch } from '../../../src/daemon/watch/watches.js';
import { openTestWatches, type TestWatches } from '../../support/watching.js';

let at: TestWatches;
let configured: ConfiguredWatch[] = [];
beforeEach(async () => {
  configured = [];
  at = await openTestWatches({ configured: () => configured });
});
afterEach(() => at.close());

const add = (path: string, more = {}) => at.watches.add({ path, ...more });
const paths = () => at.watches.list().map(({ watch }) => watch.path);

describe('a folder', () => {
  test('named again is the same one, watched as is wished now', async () => {
    const first = await add(at.folder);
    const again = await add(`${at.folder}/.`, { mode: 'move', poll: true });
    expect(again.watch).toMatchObject({ id: first.watch.id, mode: 'move', polls: true });
    expect((await add(at.folder)).watch).toMatchObject({ mode: 'move', polls: true });
    expect(paths()).toEqual([at.folder]);
  });

  test('that is watched for good still is after it was looked through once', async () => {
    await add(at.folder);
    const once = await add(at.folder, { once: true });
    expect(once.watch.isOnce).toBe(false);
    await expect.poll(() => at.watches.get(once.watch.id).status.isSettled).toBe(true);
    expect(paths()).toEqual([at.folder]);
  });

  test('whose files were taken away once keeps those of the next time', async () => {
    await add(at.folder, { once: true, mode: 'move', poll: true });
    await expect.poll(paths).toEqual([]);
    expect((await add(at.folder)).watch).toMatchObject({ mode: 'keep', polls: false });
  });

  test.each([
    ['inside', (folder: string) => [folder, join(folder, 'sub')]],
    ['around', (folder: string) => [join(folder, 'sub'), folder]],
  ])('%s one that is watched is refused: a file belongs to one', async (_, both) => {
    await mkdir(join(at.folder, 'sub'));
    const [first = '', second = ''] = both(at.folder);
    await add(first);
    await expect(add(second)).rejects.toMatchObject({ code: 'WATCH_CONFLICT' });
    expect(paths()).toEqual([first]);
  });

  test('of our own is refused', async () => {
    const own = at.services.layout.videos;
    await expect(add(own)).rejects.toMatchObject({ code: 'WATCH_CONFLICT' });
  });

  test.each([
    ['that is not there', 'nothere', 'FILE_UNREADABLE'],
    ['that is a file', 'file.mkv', 'FILE_UNREADABLE'],
  ])('%s is refused', async (_, name, code) => {
    await writeFile(join(at.folder, 'file.mkv'), '');
    await expect(add(join(at.folder, name))).rejects.toMatchObject({ code });
    await expect(add('relative')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('that is removed is forgotten, and can be watched again', async () => {
    const { watch } = await add(at.folder);
    await at.watches.remove(watch.id);
    expect(() => at.watches.get(watch.id)).toThrow(/not found/);
    await expect(at.watches.remove(watch.id)).rejects.toMatchObject({ code: 'WATCH_NOT_FOUND' });
    expect((await add(at.folder)).watch.id).not.toBe(watch.id);
  });

  test('is watched after a restart', async () => {
    await add(at.folder, { mode: 'move' });
    await at.restart();
    await expect.poll(() => at.watches.list()[0]?.status.state).toBe('watching');
    expect(at.watches.list()).toMatchObject([{ watch: { path: at.folder, mode: 'move' } }]);
  });
});

describe('config.toml', () => {
  const named = (): ConfiguredWatch => ({ path: at.folder, mode: 'move', poll: false });

  test('names folders, and they end with it', async () => {
    configured = [named()];
    await at.restart();
    expect(at.watches.list()).toMatchObject([{ watch: { mode: 'move', origin: 'config' } }]);
    configured = [];
    await at.restart();
    expect(paths()).toEqual([]);
  });

  test('is where they are changed and removed', async () => {
    configured = [named()];
    await at.restart();
    const [{ watch } = { watch: undefined }] = at.watches.list();
    const conflict = { code: 'WATCH_CONFLICT' };
    await expect(at.watches.remove(watch?.id ?? '')).rejects.toMatchObject(conflict);
    await expect(add(at.folder, { mode: 'keep' })).rejects.toMatchObject(conflict);
    await expect(add(at.folder, { once: true })).resolves.toMatchObject({
      watch: { id: watch?.id },
    });
  });

  test('may name a folder whose disk is not there yet', async () => {
    configured = [named()];
    await rename(at.folder, `${at.folder}-away`);
    await at.restart();
    await expect.poll(() => at.watches.list()[0]?.status.state).toBe('away');
    await rename(`${at.folder}-away`, at.folder);
    await at.clock.pass(10_000);
    expect(at.watches.list()[0]?.status.state).toBe('watching');
    await rm(at.folder, { recursive: true });
  });
});
