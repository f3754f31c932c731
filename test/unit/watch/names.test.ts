import { describe, expect, test } from 'vitest';
import { heldNames, isOpenFolder, kindOfName } from '../../../src/daemon/watch/names.js';

describe('a name', () => {
  test.each(['Rain.S01E01.mkv', 'ep.MP4', '도깨비.E01.ts', 'a.b.webm'])(
    '%s may be an episode',
    (name) => expect(kindOfName(name)).toBe('video'),
  );

  test.each(['Rain.S01E01.ko.srt', 'Rain.smi', 'Rain.ASS'])('%s may be subtitles', (name) =>
    expect(kindOfName(name)).toBe('sidecar'),
  );

  test.each([
    ...['ep.mkv.part', 'ep.mkv.crdownload', 'ep.mkv.!qB', 'ep.mkv.tmp', 'ep.mkv.filepart'],
    ...['ep.mkv.aria2', 'ep.mkv.opdownload', 'ep.mkv.partial', 'ep.mkv.download'],
    ...['.syncthing.ep.mkv.tmp', '.syncthing.ep.mkv', '~syncthing~ep.mkv.tmp', '~syncthing~ep.mkv'],
    ...['syncthing.ep.mkv', '.ep.mkv.Xa81bC', '.ep.mkv', '._ep.mkv'],
  ])('%s is on its way, or hidden', (name) => expect(kindOfName(name)).toBeUndefined());

  test.each(['notes.txt', 'cover.jpg', 'noextension', 'ep.nfo', 'ep.mkv.bak'])(
    '%s is nothing of interest',
    (name) => expect(kindOfName(name)).toBeUndefined(),
  );
});

test('what a downloader holds beside its unfinished twin waits', () => {
  const names = ['a.mkv', 'a.mkv.part', 'b.mkv', 'b.mkv.aria2', 'c.mkv'];
  expect([...heldNames(names)]).toEqual(['a.mkv', 'b.mkv']);
});

test('bins, thumbnails and hidden folders are passed over', () => {
  const names = ['Season 1', '.git', '$RECYCLE.BIN', '@eaDir', 'lost+found', '시즌2'];
  expect(names.filter(isOpenFolder)).toEqual(['Season 1', '시즌2']);
});
