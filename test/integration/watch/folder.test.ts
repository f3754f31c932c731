import { execFile } from 'node:child_process';
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderFiles } from '../../../src/daemon/watch/folder-files.js';
import { shortClip } from '../../support/short-clip.js';
import { openTestWatches, type TestWatches } from '../../support/watching.js';

let at: TestWatches;
const path = (name: string) => join(at.folder, name);
beforeEach(async () => {
  at = await openTestWatches();
});
afterEach(() => at.close());

/** Watches the folder and lets it be looked through. */
async function watch(request: { mode?: 'keep' | 'move'; once?: boolean } = {}): Promise<string> {
  const { watch: added } = await at.watches.add({ path: at.folder, ...request });
  await at.clock.pass(0);
  return added.id;
}

async function lookThrough(id: string): Promise<void> {
  const { watch: known } = at.watches.get(id);
  await at.watches.add({ path: known.path });
  await at.clock.pass(0);
}

const patience = { timeout: 20_000 };
const ended = (id: string) =>
  expect.poll(() => at.watches.get(id).status.state, patience).toBe('ended');
const gone = (id: string, name: string) =>
  expect.poll(() => at.file(id, name)?.isPresent, patience).toBe(false);
const videos = () => at.services.catalogue.page({ limit: 100 }).entries.map(({ video }) => video);

describe('a file', () => {
  test('becomes a video when it has stood still for 15 s, and stays where it is', async () => {
    await copyFile(await shortClip(), path('Rain.S01E03.mkv'));
    const id = await watch();
    expect(at.file(id, 'Rain.S01E03.mkv')?.state).toBe('waiting');
    await at.clock.pass(14_900);
    expect(at.file(id, 'Rain.S01E03.mkv')?.state).toBe('waiting');
    await at.clock.pass(200);
    const { videoId } = await at.becomes(id, 'Rain.S01E03.mkv', 'added');
    expect(videos()).toMatchObject([{ id: videoId, series: 'Rain', season: 1, episode: 3 }]);
    expect((await stat(path('Rain.S01E03.mkv'))).size).toBeGreaterThan(0);
  });

  test('that grows at every look waits as long as it does', async () => {
    const bytes = await readFile(await shortClip());
    await writeFile(path('a.mkv'), bytes.subarray(0, 1000));
    const id = await watch();
    for (let from = 1000; from < 10_000; from += 1000) {
      await at.clock.pass(7000);
      await appendFile(path('a.mkv'), bytes.subarray(from, from + 1000));
    }
    await appendFile(path('a.mkv'), bytes.subarray(10_000));
    await at.clock.pass(14_000);
    expect(at.file(id, 'a.mkv')?.state).toBe('waiting');
    await at.clock.pass(20_000);
    await at.becomes(id, 'a.mkv', 'added');
    expect(at.complaints()).toEqual([]);
  });

  test('whose copy paused is refused with a reason, and taken when the copy has gone on', async () => {
    const bytes = await readFile(await shortClip());
    await writeFile(path('a.mkv'), bytes.subarray(0, bytes.length / 2));
    const id = await watch();
    await at.clock.pass(16_000);
    const refused = await at.becomes(id, 'a.mkv', 'refused');
    expect(refused.error?.message).toContain('cut off');
    await appendFile(path('a.mkv'), bytes.subarray(bytes.length / 2));
    await lookThrough(id);
    await at.clock.pass(16_000);
    await at.becomes(id, 'a.mkv', 'added');
    expect(videos()).toHaveLength(1);
  });

  test('that was preallocated and is not filled yet is refused with a reason', async () => {
    const bytes = await readFile(await shortClip());
    await writeFile(path('a.mkv'), bytes.subarray(0, bytes.length / 2));
    await truncate(path('a.mkv'), bytes.length);
    const id = await watch();
    await at.clock.pass(16_000);
    const { error } = await at.becomes(id, 'a.mkv', 'refused');
    expect(error?.message).toContain('only zeros');
  });

  test('under the name of something unfinished is none until it is renamed into place', async () => {
    await copyFile(await shortClip(), path('a.mkv.part'));
    await writeFile(path('a.mkv'), ''); // as Firefox does
    const id = await watch();
    await at.clock.pass(60_000);
    expect(at.watches.files(id, everything)).toEqual([]);
    await rename(path('a.mkv.part'), path('a.mkv'));
    await lookThrough(id);
    await at.clock.pass(16_000);
    await at.becomes(id, 'a.mkv', 'added');
  });

  test.each([
    ['Rain.S01E02.mkv', 'is replaced by the new video, once that is ready'],
    ['recording.mkv', 'stays beside it: another recording may have that name'],
  ])('whose content is another becomes a new video; the old one of %s %s', async (name) => {
    await copyFile(await shortClip(), path(name));
    const id = await watch();
    await at.clock.pass(16_000);
    const first = await at.becomes(id, name, 'added');
    await copyFile(await shortClip('testsrc'), path('next.part'));
    await rename(path('next.part'), path(name));
    await lookThrough(id);
    expect(at.file(id, name)?.state).toBe('waiting');
    await at.clock.pass(16_000);
    const second = await at.becomes(id, name, 'added');
    expect(second.videoId).not.toBe(first.videoId);
    expect(videos()).toHaveLength(2);
    const { replacedBy } = at.services.store.videos.find(first.videoId ?? '') ?? {};
    expect(replacedBy).toBe(name.startsWith('Rain') ? second.videoId : null);
  });

  test('that is deleted while it waits is forgotten; its video, once there is one, stays', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await copyFile(await shortClip('testsrc'), path('b.mkv'));
    const id = await watch();
    await rm(path('b.mkv'));
    await at.clock.pass(16_000);
    await at.becomes(id, 'a.mkv', 'added');
    await rm(path('a.mkv'));
    await lookThrough(id);
    expect(at.file(id, 'b.mkv')).toBeUndefined();
    expect(at.file(id, 'a.mkv')).toMatchObject({ state: 'added', isPresent: false });
    expect(videos()).toHaveLength(1);
  });

  test('whose content is in the library already is that video', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await mkdir(path('again'));
    await copyFile(await shortClip(), path('again/b.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    const a = await at.becomes(id, 'a.mkv', 'added');
    const b = await at.becomes(id, 'again/b.mkv', 'added');
    expect(b.videoId).toBe(a.videoId);
    expect(videos()).toHaveLength(1);
  });

  test('that was removed from the library by hand is not added again', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    const { videoId } = await at.becomes(id, 'a.mkv', 'added');
    at.services.store.videos.remove(videoId ?? '');
    await lookThrough(id);
    await at.clock.pass(60_000);
    expect(at.file(id, 'a.mkv')?.state).toBe('added');
    expect(videos()).toEqual([]);
  });
});

describe('what is no file', () => {
  test('is said once: links are not followed, pipes not opened', async () => {
    const elsewhere = await shortClip();
    await symlink(elsewhere, path('link.mkv'));
    await symlink(join(elsewhere, '..'), path('linked'));
    await promisify(execFile)('mkfifo', [path('pipe.mkv')]);
    const id = await watch();
    await lookThrough(id);
    await at.clock.pass(120_000);
    const files = at.watches.files(id, everything);
    expect(files.map(({ path: name, state }) => [name, state])).toEqual([
      ['link.mkv', 'refused'],
      ['pipe.mkv', 'refused'],
    ]);
    expect(at.complaints()).toHaveLength(2);
  });

  test.skipIf(process.getuid?.() === 0)('and what cannot be read is said once', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await chmod(path('a.mkv'), 0);
    await mkdir(path('closed'), { mode: 0 });
    const id = await watch();
    await at.clock.pass(16_000);
    await at.becomes(id, 'a.mkv', 'refused');
    expect(at.file(id, 'closed')?.error?.message).toContain('EACCES');
    await at.clock.pass(3_600_000);
    expect(at.complaints()).toHaveLength(2);
    await chmod(path('closed'), 0o700);
  });
});

describe('subtitles', () => {
  const srt = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;
  const filesOf = (videoId: string | null) =>
    at.services.store.subtitles.ofVideo(videoId ?? '').map(({ filename }) => filename);

  test('beside a file become tracks of its video, whichever of them is there first', async () => {
    await mkdir(path('Season 1/Subs'), { recursive: true });
    await writeFile(path('Season 1/Rain.E01.ko.srt'), srt('비'));
    await writeFile(path('Season 1/Subs/Rain.E01.en.srt'), srt('Rain'));
    const id = await watch();
    await at.clock.pass(16_000);
    await at.becomes(id, 'Season 1/Rain.E01.ko.srt', 'noted');
    await copyFile(await shortClip(), path('Season 1/Rain.E01.mkv'));
    await lookThrough(id);
    await at.clock.pass(16_000);
    const { videoId } = await at.becomes(id, 'Season 1/Rain.E01.mkv', 'added');
    for (const name of ['Season 1/Rain.E01.ko.srt', 'Season 1/Subs/Rain.E01.en.srt']) {
      expect(await at.becomes(id, name, 'added')).toMatchObject({ videoId });
    }
    // Both stood still at the same moment: either may be read first.
    expect(filesOf(videoId).toSorted()).toEqual(['Rain.E01.ko.srt', 'Subs/Rain.E01.en.srt']);
  });

  test('that come hours later, or are changed, wait until they stand still', async () => {
    await copyFile(await shortClip(), path('Rain.mkv'));
    const id = await watch({ mode: 'move' });
    await at.clock.pass(16_000);
    const { videoId } = await at.becomes(id, 'Rain.mkv', 'added');
    await gone(id, 'Rain.mkv');
    await at.clock.pass(3_600_000 * 5);
    await writeFile(path('Rain.ko.srt'), srt('비'));
    await lookThrough(id);
    await at.clock.pass(7000);
    expect(at.file(id, 'Rain.ko.srt')?.state).toBe('waiting');
    await at.clock.pass(9000);
    await at.becomes(id, 'Rain.ko.srt', 'added');
    const [first] = at.services.store.subtitles.ofVideo(videoId ?? '');
    await writeFile(path('Rain.ko.srt'), srt('비가 와요'));
    await lookThrough(id);
    expect(at.file(id, 'Rain.ko.srt')?.state).toBe('waiting');
    await at.clock.pass(16_000);
    await at.becomes(id, 'Rain.ko.srt', 'added');
    const [second, ...others] = at.services.store.subtitles.ofVideo(videoId ?? '');
    expect(others).toEqual([]);
    expect(second?.sha256).not.toBe(first?.sha256);
    expect((await stat(path('Rain.ko.srt'))).size).toBeGreaterThan(0);
  });

  test('that nobody can read are refused with their name, until they change', async () => {
    await copyFile(await shortClip(), path('Rain.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    await at.becomes(id, 'Rain.mkv', 'added');
    await writeFile(path('Rain.ko.srt'), '');
    await lookThrough(id);
    await at.clock.pass(16_000);
    const { error } = await at.becomes(id, 'Rain.ko.srt', 'refused');
    expect(error).toMatchObject({ code: 'SUBTITLE_INVALID' });
    expect(error?.message).toContain('Rain.ko.srt');
    expect(at.complaints()).toHaveLength(1);
    await writeFile(path('Rain.ko.srt'), srt('비'));
    await lookThrough(id);
    await at.clock.pass(16_000);
    await at.becomes(id, 'Rain.ko.srt', 'added');
  });

  test('noted by a daemon that died before it added them are added by the next', async () => {
    await copyFile(await shortClip(), path('Rain.mkv'));
    await writeFile(path('Rain.ko.srt'), srt('비'));
    await writeFile(path('Rain.idx'), 'pictures');
    const id = await watch();
    await at.clock.pass(16_000);
    const known = await at.becomes(id, 'Rain.ko.srt', 'added');
    at.services.store.watchedFiles.put({ ...known, state: 'noted', videoId: null });
    await at.restart();
    await at.clock.pass(0);
    await at.becomes(id, 'Rain.ko.srt', 'added');
    expect(at.file(id, 'Rain.idx')?.state).toBe('noted');
  });

  test('are there when a folder that is watched once has ended', async () => {
    await copyFile(await shortClip(), path('Rain.mkv'));
    await writeFile(path('Rain.ko.srt'), srt('비'));
    await writeFile(path('Other.ko.srt'), srt('비'));
    const id = await watch({ once: true });
    await at.clock.pass(16_000);
    await ended(id);
    expect(at.file(id, 'Other.ko.srt')?.state).toBe('noted');
    expect(filesOf(at.file(id, 'Rain.mkv')?.videoId ?? null)).toEqual(['Rain.ko.srt']);
  });
});

describe('a folder', () => {
  test('that goes away and comes back has lost and gained nothing', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await writeFile(path('bad.mkv'), 'text');
    const id = await watch();
    await at.clock.pass(16_000);
    const before = await at.becomes(id, 'a.mkv', 'added');
    await at.becomes(id, 'bad.mkv', 'refused');
    await rename(at.folder, `${at.folder}-away`);
    await at.clock.pass(70_000);
    expect(at.watches.get(id).status).toMatchObject({ state: 'away' });
    expect(at.watches.get(id).status.error?.message).toContain('ENOENT');
    await rename(`${at.folder}-away`, at.folder);
    await at.clock.pass(60_000);
    expect(at.watches.get(id).status.state).toBe('watching');
    expect(at.file(id, 'a.mkv')).toEqual(before);
    expect(at.complaints()).toHaveLength(1);
  });

  test('whose disk was taken out of it is away, not empty', async () => {
    await at.close();
    let device = 1;
    at = await openTestWatches({ files: { deviceOf: () => Promise.resolve(device) } });
    await writeFile(path('bad.mkv'), 'text');
    const id = await watch();
    await at.clock.pass(16_000);
    const before = await at.becomes(id, 'bad.mkv', 'refused');
    await rename(path('bad.mkv'), `${at.folder}.mkv`);
    device = 2;
    await at.clock.pass(61_000);
    expect(at.watches.get(id).status.error?.message).toContain('is its disk there?');
    await rename(`${at.folder}.mkv`, path('bad.mkv'));
    device = 3; // the same disk, under another number
    await at.clock.pass(11_000);
    expect(at.watches.get(id).status.state).toBe('watching');
    expect(at.file(id, 'bad.mkv')).toEqual(before);
    expect(at.complaints()).toHaveLength(1);
  });

  test('is looked through when the file system hints at something', async () => {
    const id = await watch();
    await copyFile(await shortClip(), path('a.mkv'));
    at.hint();
    await at.clock.pass(600);
    expect(at.file(id, 'a.mkv')?.state).toBe('waiting');
  });

  test('is looked through every minute without any hint', async () => {
    const id = await watch();
    await copyFile(await shortClip(), path('a.mkv'));
    await at.clock.pass(61_000);
    expect(at.file(id, 'a.mkv')?.state).toBe('waiting');
  });

  test('on a network disk has files stand still for a minute', async () => {
    await at.close();
    at = await openTestWatches({ files: { isNetworkFolder: () => Promise.resolve(true) } });
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(59_000);
    expect(at.file(id, 'a.mkv')?.state).toBe('waiting');
    await at.clock.pass(2000);
    await at.becomes(id, 'a.mkv', 'added');
  });

  test('watched once ends when every file has ended, and remembers them', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    await writeFile(path('bad.mkv'), 'text');
    const id = await watch({ once: true });
    expect(at.watches.get(id).status.isSettled).toBe(false);
    await at.clock.pass(16_000);
    await ended(id);
    expect(at.watches.get(id)).toMatchObject({ counts: { added: 1, refused: 1 } });
    expect(at.watches.list()).toEqual([]);
    const before = at.file(id, 'a.mkv');
    await at.watches.add({ path: at.folder, once: true });
    await ended(id);
    expect(at.file(id, 'a.mkv')).toEqual(before);
  });
});

describe('after a restart', () => {
  test('a file that was being taken is the one video that it became meanwhile', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    const added = await at.becomes(id, 'a.mkv', 'added');
    // As if the daemon had died before it recorded that.
    at.services.store.watchedFiles.put({ ...added, state: 'importing', videoId: null });
    await at.restart();
    expect(await at.becomes(id, 'a.mkv', 'added')).toMatchObject({ videoId: added.videoId });
    expect(videos()).toHaveLength(1);
  });

  test('one whose import never began, or is forgotten, waits anew', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    const waiting = await at.becomes(id, 'a.mkv', 'waiting');
    at.services.store.watchedFiles.put({ ...waiting, state: 'importing', uploadId: 'nothere' });
    await at.restart();
    await at.becomes(id, 'a.mkv', 'waiting');
    await at.clock.pass(17_000);
    await at.becomes(id, 'a.mkv', 'added');
  });

  test('one whose import failed has its reason', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    const added = await at.becomes(id, 'a.mkv', 'added');
    const upload = at.services.uploads.find(added.uploadId ?? '');
    const error = { code: 'STORAGE_FULL', message: 'full' } as const;
    at.services.store.uploads.insert({
      ...upload,
      id: 'failed',
      state: 'importing',
      videoId: null,
    });
    at.services.store.uploads.fail('failed', error);
    const dead = { state: 'importing', videoId: null, uploadId: 'failed' } as const;
    at.services.store.watchedFiles.put({ ...added, ...dead });
    await at.restart();
    expect((await at.becomes(id, 'a.mkv', 'refused')).error).toEqual(error);
  });
});

describe('moving', () => {
  test('removes the original once the library has it, without a second copy', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const { ino } = await stat(path('a.mkv'));
    const id = await watch({ mode: 'move' });
    await at.clock.pass(16_000);
    await gone(id, 'a.mkv');
    const { videoId } = await at.becomes(id, 'a.mkv', 'added');
    await expect(stat(path('a.mkv'))).rejects.toThrow('ENOENT');
    const source = at.services.layout.source(videoId ?? '');
    expect((await stat(source)).ino).toBe(ino);
    expect(await readFile(source)).toEqual(await readFile(await shortClip()));
    expect(videos()).toMatchObject([{ identity: null }]);
  });

  test('keeps an original that is another file by then', async () => {
    await at.close();
    // It is changed while it is read to its end, behind the back of the look before.
    at = await openTestWatches({
      demandWhole: (whole) => utimes(whole, new Date(1e12), new Date(1e12)),
    });
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch({ mode: 'move' });
    await at.clock.pass(15_500);
    await at.becomes(id, 'a.mkv', 'waiting');
    expect((await stat(path('a.mkv'))).size).toBeGreaterThan(0);
    expect(videos()).toEqual([]);
  });

  test('keeps what was put in the place of an original at the last moment', async () => {
    await at.close();
    let looks = 0;
    const identityOf = async (original: string) => {
      looks += 1;
      if (looks === 2) await rename(`${original}.next`, original);
      return folderFiles.identityOf(original);
    };
    at = await openTestWatches({ files: { identityOf } });
    await copyFile(await shortClip(), path('a.mkv'));
    await copyFile(await shortClip('testsrc'), path('a.mkv.next'));
    const id = await watch({ mode: 'move' });
    await at.clock.pass(16_000);
    await expect.poll(() => looks, patience).toBe(2);
    await at.becomes(id, 'a.mkv', 'added');
    await at.watches.stop();
    expect(await readFile(path('a.mkv'))).toEqual(await readFile(await shortClip('testsrc')));
  });

  test('keeps an original that the library has lost', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    const { videoId } = await at.becomes(id, 'a.mkv', 'added');
    at.services.store.videos.remove(videoId ?? '');
    await at.watches.add({ path: at.folder, mode: 'move' });
    await at.clock.pass(120_000);
    expect((await stat(path('a.mkv'))).size).toBeGreaterThan(0);
  });

  test('goes on after a restart that came between adding and removing', async () => {
    await copyFile(await shortClip(), path('a.mkv'));
    const id = await watch();
    await at.clock.pass(16_000);
    await at.becomes(id, 'a.mkv', 'added');
    await at.watches.stop();
    at.services.store.watches.put({ ...at.watches.get(id).watch, mode: 'move' });
    await at.restart();
    await at.clock.pass(0);
    await gone(id, 'a.mkv');
    await expect(stat(path('a.mkv'))).rejects.toThrow('ENOENT');
  });
});

const everything = { state: null, after: '', limit: 100 };
