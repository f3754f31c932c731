import { appendFile, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityOf } from '../../../src/daemon/uploads/identity.js';
import { takeBytes } from '../../../src/daemon/uploads/take-bytes.js';
import { sha256, videoBytes } from '../../support/file-bytes.js';

const bytes = videoBytes(9_000_000);
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdrama-take-'));
  path = join(folder, 'from.mkv');
  await writeFile(path, bytes);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function take(during?: (bytes: number) => void, signal = new AbortController().signal) {
  const origin = { path, identity: identityOf(await stat(path)), link: false };
  const progress = (done: number) => during?.(done);
  return takeBytes(origin, join(folder, 'to'), { signal, progress });
}

test('the copy is the file, and progress ends with its size', async () => {
  const seen: number[] = [];
  expect(await take((done) => seen.push(done))).toBe(sha256(bytes));
  expect(sha256(await readFile(join(folder, 'to')))).toBe(sha256(bytes));
  expect(seen.at(-1)).toBe(bytes.length);
});

test('a file that grows while it is read is SOURCE_CHANGED', async () => {
  let grown: Promise<void> | undefined;
  const taken = take(() => {
    grown ??= appendFile(path, 'x');
  });
  await expect(taken).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
  await grown;
});

test('a file that was put in its place is SOURCE_CHANGED', async () => {
  const origin = { path, identity: identityOf(await stat(path)), link: false };
  await rm(path);
  await writeFile(path, bytes);
  await utimes(path, 1, 1);
  const options = { signal: new AbortController().signal, progress: () => undefined };
  const taken = takeBytes(origin, join(folder, 'to'), options);
  await expect(taken).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
});

test('an abort ends it with its reason', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  await expect(take(() => abort.abort(reason), abort.signal)).rejects.toBe(reason);
});
