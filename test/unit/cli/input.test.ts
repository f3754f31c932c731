import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { daemonEnvironment } from '../../../src/cli/daemon/environment.js';
import { logTail } from '../../../src/cli/daemon/log-tail.js';
import { checkLines } from '../../../src/cli/commands/doctor.js';
import { assessDisk } from '../../../src/cli/doctor/disk-check.js';
import { checkFfmpeg } from '../../../src/cli/doctor/ffmpeg-check.js';
import { checkNode } from '../../../src/cli/doctor/node-check.js';
import { assessListenError } from '../../../src/cli/doctor/port-check.js';
import { spellOutWait } from '../../../src/cli/input/optional-value.js';
import { parseCrf, parseResolutions } from '../../../src/cli/input/picture.js';
import { parseSeconds } from '../../../src/cli/input/seconds.js';
import { splitWords } from '../../../src/cli/input/word-list.js';
import { bytesThere } from '../../../src/cli/upload/send-file.js';
import { temporaryDirectory } from '../../support/cli-deps.js';

test('--wait never swallows a file, and takes a goal after = or a space', () => {
  expect(spellOutWait(['upload', '--wait', 'e1.mkv'])).toEqual([
    'upload',
    '--wait=ready',
    'e1.mkv',
  ]);
  expect(spellOutWait(['upload', '--wait', 'playable'])).toEqual(['upload', '--wait', 'playable']);
  expect(spellOutWait(['upload', '--', '--wait'])).toEqual(['upload', '--', '--wait']);
});

test('a timeout is seconds, minutes or hours', () => {
  expect(['90', '1.5s', '10m', '2h'].map(parseSeconds)).toEqual([90, 1.5, 600, 7200]);
  expect(() => parseSeconds('soon')).toThrow('Expected seconds');
});

test('what is said of the picture is refused before anything is sent', () => {
  const words = ['1080p=6M', '480p', '640x360', '720p-hevc=1.2M'];
  expect(parseResolutions(words.join(','))).toEqual(words);
  for (const text of ['', '720p,', 'hd', '720p=fast', '720p-vp9']) {
    expect(() => parseResolutions(text), text).toThrow('resolutions like 1080p');
  }
  expect(() => parseResolutions('720p,702p=1M')).toThrow('702p=1M is none of 2160p, 1440p');
  expect(['1', '22.5', '51'].map(parseCrf)).toEqual([1, 22.5, 51]);
  for (const text of ['', '0', '52', 'best']) {
    expect(() => parseCrf(text), text).toThrow('Expected a number from 1 to 51');
  }
});

test('names on a list end with a line, or with NUL so that they may contain one', () => {
  expect(splitWords('a b\r\nc\n\n', false)).toEqual(['a b', 'c']);
  expect(splitWords('a\nb\0c', true)).toEqual(['a\nb', 'c']);
});

test('what is there of an unfinished upload counts the short last chunk right', () => {
  const shipment = { uploadId: 'u', sizeBytes: 25, chunkBytes: 10 };
  expect(bytesThere({ ...shipment, missing: new Set([2]) })).toBe(20);
  expect(bytesThere({ ...shipment, missing: new Set([0]) })).toBe(15);
  expect(bytesThere({ ...shipment, missing: new Set() })).toBe(25);
});

test('a daemon gets the paths of the shell that started it, whatever its own directory', () => {
  const env = {
    KDRAMA_MEDIA_DIR: 'media',
    KDRAMA_FFMPEG: 'ffmpeg',
    KDRAMA_FFPROBE: 'b/ffprobe',
    X: '1',
  };
  expect(daemonEnvironment(env, '/home/kdrama', '/shell')).toEqual({
    KDRAMA_HOME: '/home/kdrama',
    KDRAMA_MEDIA_DIR: '/shell/media',
    KDRAMA_FFMPEG: 'ffmpeg',
    KDRAMA_FFPROBE: '/shell/b/ffprobe',
    X: '1',
  });
});

test('the tail of a log is what this start wrote, in words', () => {
  const path = join(temporaryDirectory(), 'daemon.log');
  writeFileSync(path, 'of an earlier start\n');
  const start = 'of an earlier start\n'.length;
  appendFileSync(
    path,
    '{"msg":"could not start","err":{"message":"port taken"}}\nplain \u001b[2J\n',
  );
  expect(logTail(path, start, 5)).toEqual(['could not start: port taken', 'plain \\u001b[2J']);
  expect(logTail(`${path}.none`, 0, 5)).toEqual([]);
});

test('doctor says what is wrong and one thing to do', () => {
  expect(checkNode('v20.19.0').level).toBe('ok');
  expect(checkNode('v20.18.9').level).toBe('fail');
  expect(checkNode('v18.20.0').level).toBe('fail');
  expect(assessDisk(50e9, '/m').level).toBe('ok');
  expect(assessDisk(5e9, '/m').level).toBe('warn');
  expect(assessDisk(5e8, '/m').level).toBe('fail');
  expect(assessListenError('EADDRINUSE', 'a:1').message).toBe('a:1 is taken by another program');
  const old = { origin: 'PATH', ffmpeg: 'ffmpeg', version: '4.4', works: false, reason: 'too old' };
  const good = { ...old, origin: 'ffmpeg-static', version: '7.0', works: true, reason: '' };
  expect(checkFfmpeg([good, old]).message).toBe(
    '7.0 (ffmpeg-static: ffmpeg); not 4.4 (PATH: ffmpeg): too old',
  );
  expect(checkLines(checkFfmpeg([old]))).toEqual([
    'FAIL  ffmpeg    too old',
    expect.stringContaining('→ Install ffmpeg 5.1'),
  ]);
  expect(checkFfmpeg([]).message).toBe('none was found');
});
