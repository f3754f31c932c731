import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Connection } from '../../../src/daemon/store/open.js';
import { relaxedCommits } from '../../../src/daemon/store/relaxed-commit.js';

let folder: string;
let connection: Connection;
let commits: ReturnType<typeof relaxedCommits>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdrama-store-'));
  const path = join(folder, 'kdrama.db');
  connection = openDatabase(path);
  commits = relaxedCommits(connection, `${path}-wal`);
});
afterEach(async () => {
  commits.close();
  connection.close();
  await rm(folder, { recursive: true });
});

const put = (name: string) =>
  connection.prepare(`INSERT INTO secrets (name, value) VALUES (?, x'00')`).run(name);
const count = () => connection.prepare(`SELECT count(*) FROM secrets`).pluck().get();
const synchronous = () => connection.pragma('synchronous', { simple: true });

test('a change is visible at once, and other commits still wait for the disk', async () => {
  const onDisk = commits.commit(() => void put('a'));
  expect(count()).toBe(1);
  expect(synchronous()).toBe(2);
  await onDisk;
});

test('a change that fails is undone, and throws before anything is promised', () => {
  expect(() =>
    commits.commit(() => {
      put('a');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(count()).toBe(0);
  expect(synchronous()).toBe(2);
});
