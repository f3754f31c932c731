import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/daemon/store/store.js';

function databasePath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'kdrama.db');
}

function opened(path: string) {
  const store = openStore(path);
  onTestFinished(() => store.close());
  return store;
}

it('what is told after a commit is told once, in order, and never after a rollback', () => {
  const store = opened(databasePath());
  const told: string[] = [];
  store.transaction(() => {
    store.secrets.put('a', Buffer.from('1'));
    store.afterCommit(() => told.push('outer'));
    store.transaction(() => store.afterCommit(() => told.push('inner')));
    expect(told).toEqual([]);
  });
  expect(told).toEqual(['outer', 'inner']);
  const failing = () =>
    store.transaction(() => {
      store.secrets.put('a', Buffer.from('2'));
      store.afterCommit(() => told.push('never'));
      throw new Error('rolled back');
    });
  expect(failing).toThrow('rolled back');
  store.transaction(() => store.afterCommit(() => told.push('next')));
  expect(told).toEqual(['outer', 'inner', 'next']);
  expect(store.secrets.get('a')?.toString()).toBe('1');
});

it('every commit is on the disk when it returns', () => {
  const path = databasePath();
  opened(path);
  const connection = new Database(path);
  expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
  connection.close();
});

it('a database of a newer program is refused and left alone', () => {
  const path = databasePath();
  openStore(path).close();
  const connection = new Database(path);
  connection.pragma('user_version = 999');
  connection.close();
  expect(() => openStore(path)).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER' }));
});

it('a database is migrated once and keeps its rows', () => {
  const path = databasePath();
  const first = openStore(path);
  first.secrets.put('key', Buffer.from('value'));
  first.close();
  expect(opened(path).secrets.get('key')?.toString()).toBe('value');
});

it('the last word of a transaction sees all of it and is undone with it', () => {
  const store = opened(databasePath());
  const seen: (string | undefined)[] = [];
  const change = () => {
    store.beforeCommit(() => {
      seen.push(store.secrets.get('key')?.toString());
      store.secrets.put('last', Buffer.from('word'));
    });
    store.secrets.put('key', Buffer.from('value'));
  };
  expect(() =>
    store.transaction(() => {
      change();
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(seen).toEqual([]);
  store.transaction(() => store.transaction(change));
  expect(seen).toEqual(['value']);
  expect(store.secrets.get('last')?.toString()).toBe('word');
});
