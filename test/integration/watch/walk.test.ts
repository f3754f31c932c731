import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { walk } from '../../../src/daemon/watch/walk.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'kdrama-walk-')));
});
afterEach(() => rm(root, { recursive: true }));

async function file(...way: string[]): Promise<void> {
  const path = join(root, ...way);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, 'x');
}

async function seen(except: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  for await (const { kind, path } of walk(root, except, new AbortController().signal)) {
    found.push(`${kind} ${path}`);
  }
  return found.toSorted();
}

test('everything of interest is seen, however deep, by its way from the folder', async () => {
  await file('a.mkv');
  await file('a.ko.srt');
  await file('notes.txt');
  await file('시즌 1', 'Disc 2', 'b.mkv');
  expect(await seen()).toEqual(['sidecar a.ko.srt', 'video a.mkv', 'video 시즌 1/Disc 2/b.mkv']);
});

test('what is hidden, in a bin, unfinished or our own is passed over', async () => {
  await file('.hidden', 'a.mkv');
  await file('$RECYCLE.BIN', 'a.mkv');
  await file('a.mkv.part');
  await file('a.mkv');
  await file('kdrama', 'videos', 'source.mkv');
  await file('kdrama-not', 'b.mkv');
  expect(await seen([join(root, 'kdrama')])).toEqual(['video kdrama-not/b.mkv']);
});

test('links are not followed, so no circle is walked', async () => {
  await file('sub', 'a.mkv');
  await symlink('..', join(root, 'sub', 'up'));
  await symlink('a.mkv', join(root, 'sub', 'link.mkv'));
  expect(await seen()).toEqual(['unusable sub/link.mkv', 'video sub/a.mkv']);
});

test.runIf(process.platform === 'linux')('a name that is no UTF-8 is said', async () => {
  await writeFile(
    Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from('.mkv')]),
    '',
  );
  expect(await seen()).toEqual(['unusable bad\ufffd.mkv']);
});

test('a folder that is gone is an error, not an empty folder', async () => {
  const looks = walk(join(root, 'nothere'), [], new AbortController().signal);
  await expect(looks.next()).rejects.toThrow('ENOENT');
});
