import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/daemon/store/open.js';
import { promisedJobStore } from '../../../src/daemon/store/promised-jobs.js';
import { renditionStore } from '../../../src/daemon/store/renditions.js';
import { uploadStore, type Upload } from '../../../src/daemon/store/uploads.js';
import { picture, sound } from '../jobs/scripted-worker.js';

let home: string;
let connection: Database.Database;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'kdrama-lists-'));
  connection = openDatabase(join(home, 'kdrama.db'));
  connection.pragma('foreign_keys = OFF');
});
afterAll(() => {
  connection.close();
  rmSync(home, { recursive: true });
});

test('a ladder names each picture once, the highest first', () => {
  const store = renditionStore(connection);
  const heights = [360, 1080, 720, 720];
  const rows = [...heights.map((height) => picture(height, 1, 'encoded')), sound(0, 1, 'copied')];
  rows.forEach((row, position) => {
    const made = { id: `r${position}`, planId: 'plan', version: position, position };
    store.insert({ ...row, ...made, initBytes: null });
  });
  expect(store.ladderOf('plan')).toEqual(['1080p', '720p', '360p']);
});

test('jobs whose files are still to come are listed for whose they are, each once', () => {
  const uploads = uploadStore(connection);
  const promised = promisedJobStore(connection);
  const add = (id: string, jobId: string | undefined, owner: string, createdAt: number) => {
    const identity = { device: 1, inode: 1, sizeBytes: 1, mtimeMs: 1 };
    const origin = { path: '/a.mkv', identity, link: false };
    const upload: Omit<Upload, 'error' | 'tusMetadata'> = {
      ...{ id, kind: 'import', state: 'importing', filename: 'a.mkv', sizeBytes: 1, owner },
      ...{ chunkBytes: null, fingerprint: null, metadata: {}, videoId: null, createdAt },
      importFrom: jobId === undefined ? origin : { ...origin, job: { jobId } },
      expiresAt: 1e15,
    };
    uploads.insert(upload);
  };
  add('none', undefined, 'ann', 1);
  add('old', 'again', 'ann', 2);
  uploads.fail('old', { code: 'UPLOAD_INVALID_FORMAT', message: '' });
  add('new', 'again', 'ann', 3);
  add('other', 'bobs', 'bob', 4);
  const anyone = { videoId: null, reader: null, before: null, limit: 10 };
  const states = ['importing', 'failed', 'aborted'] as const;
  expect(promised.page({ ...anyone, states })).toEqual(['bobs', 'again']);
  expect(promised.page({ ...anyone, states: ['failed'] })).toEqual([]);
  expect(promised.page({ ...anyone, states, reader: 'ann' })).toEqual(['again']);
  expect(promised.page({ ...anyone, states, before: 4 })).toEqual(['again']);
  expect(promised.page({ ...anyone, states, videoId: 'other' })).toEqual(['bobs']);
  expect(promised.page({ ...anyone, states, limit: 1 })).toEqual(['bobs']);
});
