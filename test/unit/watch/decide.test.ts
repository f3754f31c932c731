import { describe, expect, test } from 'vitest';
import type { WatchedFile } from '../../../src/daemon/store/watched-files.js';
import { decide, decideMissing } from '../../../src/daemon/watch/decide.js';
import type { Look, VideoLook } from '../../../src/daemon/watch/look.js';

const identity = { device: 1, inode: 2, sizeBytes: 3, mtimeMs: 4 };
const seen: VideoLook = { kind: 'video', path: 'a.mkv', identity };
const error = { code: 'UPLOAD_INVALID_FORMAT', message: 'cut off' } as const;
const now = 1000;

function known(facts: Partial<WatchedFile>): WatchedFile {
  return {
    ...{ watchId: 'w', path: 'a.mkv', state: 'waiting', identity, fingerprint: null },
    ...{ uploadId: null, videoId: null, error: null, retryAt: null, isPresent: true, updatedAt: 0 },
    ...facts,
  };
}
const added = { state: 'added', videoId: 'v', fingerprint: 'f', uploadId: 'u' } as const;
const step = (file: WatchedFile | undefined, look: Look = seen, mode: 'keep' | 'move' = 'keep') =>
  decide(file, look, { mode, now });
const other = (change: Partial<typeof identity>): VideoLook => ({
  ...seen,
  identity: { ...identity, ...change },
});

describe('a file', () => {
  test('that is new waits', () => expect(step(undefined)).toBe('wait'));
  test('that was added is left alone', () => expect(step(known(added))).toBe('nothing'));
  test('that is being taken is left alone, whatever it is now', () => {
    expect(step(known({ state: 'importing' }), other({ sizeBytes: 9 }))).toBe('nothing');
  });
  test.each([{ sizeBytes: 9 }, { mtimeMs: 9 }])('that is another one now (%o) waits', (change) => {
    expect(step(known(added), other(change))).toBe('wait');
    expect(step(known({ state: 'refused', error }), other(change))).toBe('wait');
  });
  test('that differs by its inode alone may be known', () => {
    expect(step(known(added), other({ inode: 9 }))).toBe('recognise');
    expect(step(known({}), other({ inode: 9 }))).toBe('wait');
  });
  test('on a disk with another number is the same', () => {
    expect(step(known(added), other({ device: 9 }))).toBe('nothing');
  });
  test('that is back is welcome, and not added again', () => {
    expect(step(known({ ...added, isPresent: false }))).toBe('welcome');
  });
  test('that was refused is tried again when that is due, and not before', () => {
    expect(step(known({ state: 'refused', error }))).toBe('nothing');
    expect(step(known({ state: 'refused', error, retryAt: now + 1 }))).toBe('nothing');
    expect(step(known({ state: 'refused', error, retryAt: now }))).toBe('retry');
  });
});

describe('an original', () => {
  test('goes once it is added, where that is wished', () => {
    expect(step(known(added), seen, 'move')).toBe('removeOriginal');
    expect(step(known({}), seen, 'move')).toBe('nothing');
    expect(step(known({ state: 'refused', error }), seen, 'move')).toBe('nothing');
  });
  test('stays when it is another file now', () => {
    expect(step(known(added), other({ mtimeMs: 9 }), 'move')).toBe('wait');
    expect(step(known(added), other({ inode: 9 }), 'move')).toBe('wait');
  });
  test('that was only recognised is read first', () => {
    expect(step(known({ ...added, uploadId: null }), seen, 'move')).toBe('wait');
    expect(step(known({ ...added, uploadId: null }), seen, 'keep')).toBe('nothing');
  });
  test('that could not be removed is not tried all the time', () => {
    expect(step(known({ ...added, error, retryAt: now + 1 }), seen, 'move')).toBe('nothing');
    expect(step(known({ ...added, error, retryAt: now }), seen, 'move')).toBe('removeOriginal');
  });
});

describe('what cannot be used', () => {
  const link: Look = { kind: 'unusable', path: 'a.mkv', identity, error };
  const folder: Look = { kind: 'unusable', path: 'sub', identity: null, error };

  test('is refused once', () => {
    expect(step(undefined, link)).toBe('refuse');
    expect(step(known({ state: 'refused', error }), link)).toBe('nothing');
    expect(step(undefined, folder)).toBe('refuse');
    expect(step(known({ state: 'refused', error, identity: null }), folder)).toBe('nothing');
  });
  test('is refused anew when it is something else', () => {
    const reason = { ...error, message: 'another reason' };
    expect(step(known({ state: 'refused', error: reason }), link)).toBe('refuse');
  });
  test('for now, and was added, stays added; a link in its place is refused', () => {
    const closed: Look = { kind: 'unusable', path: 'a.mkv', identity: null, error };
    expect(step(known(added), closed)).toBe('nothing');
    expect(step(known(added), { ...link, identity: { ...identity, inode: 9 } })).toBe('refuse');
  });
  test('and is a file now waits', () => {
    expect(step(known({ state: 'refused', error, identity: null }))).toBe('wait');
  });
});

test('subtitles that are pictures are noted', () => {
  const sidecar: Look = { kind: 'sidecar', path: 'a.idx', identity };
  expect(step(undefined, sidecar)).toBe('note');
  expect(step(known({ state: 'noted' }), sidecar)).toBe('nothing');
});

test('subtitles that are text wait as a video does, and stay where they are', () => {
  const sidecar: Look = { kind: 'sidecar', path: 'a.srt', identity };
  expect(step(undefined, sidecar)).toBe('wait');
  expect(step(known({ state: 'noted' }), sidecar)).toBe('nothing');
  expect(step(known(added), sidecar, 'move')).toBe('nothing');
  expect(step(known(added), { ...sidecar, identity: { ...identity, sizeBytes: 9 } })).toBe('wait');
});

test('what is gone is forgotten, but for what is or becomes a video', () => {
  expect(decideMissing(known({}))).toBe('forget');
  expect(decideMissing(known({ state: 'refused', error }))).toBe('forget');
  expect(decideMissing(known(added))).toBe('markMissing');
  expect(decideMissing(known({ state: 'importing' }))).toBe('nothing');
});
