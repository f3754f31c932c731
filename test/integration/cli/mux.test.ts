import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mux } from '../../../src/cli/export/mux.js';
import type { MuxRequest } from '../../../src/cli/export/mux-arguments.js';
import { ffmpeg } from '../../support/worker-bench.js';

let directory: string;
/** In pieces, as the daemon sends it. */
let sent: Buffer;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-mux-'));
  const path = join(directory, 'sent.mp4');
  await ffmpeg(
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc2=s=320x180:r=10:d=6',
      '-c:v',
      'libx264',
      '-bf',
      '0',
      '-g',
      '10',
    ],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', path],
  );
  sent = readFileSync(path);
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function* inPieces(bytes: Buffer, then: () => Promise<void> = () => Promise.resolve()) {
  yield bytes.subarray(0, bytes.length / 2);
  await then();
  yield bytes.subarray(bytes.length / 2);
}

const request = (path: string): MuxRequest => ({
  ...{ container: 'mkv', path, sounds: [], texts: [] },
  video: { title: 'Rain', series: '', season: null, episode: 0, episodeKnown: false },
});

function parts({ signal } = new AbortController()) {
  return { ffmpeg: 'ffmpeg', signal, name: 'rain.mkv', stdout: new PassThrough() };
}

async function secondsOf(path: string): Promise<number> {
  const show = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number((await promisify(execFile)('ffprobe', show)).stdout);
}

describe('what is written from pieces', () => {
  test('is all of them', async () => {
    const path = join(directory, 'whole.mkv');
    await mux(request(path), inPieces(sent), parts());
    expect(await secondsOf(path)).toBeCloseTo(6, 1);
  });

  test('is an error where they are cut off, not a shorter episode', async () => {
    const cutOff = new Error('the daemon was killed');
    const pieces = inPieces(sent, () => Promise.reject(cutOff));
    await expect(mux(request(join(directory, 'short.mkv')), pieces, parts())).rejects.toBe(cutOff);
  });

  test('is given up with what stopped it', async () => {
    const controller = new AbortController();
    const stopped = new Error('Ctrl-C');
    const pieces = inPieces(sent, () => {
      controller.abort(stopped);
      return Promise.resolve();
    });
    const path = join(directory, 'stopped.mkv');
    await expect(mux(request(path), pieces, parts(controller))).rejects.toBe(stopped);
  });

  test('is told by its own name where it cannot be', async () => {
    const nowhere = request(join(directory, 'nowhere', '.rain.part'));
    await expect(mux(nowhere, inPieces(sent), parts())).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringMatching(/: rain\.mkv: .*No such file or directory/) as string,
    });
  });

  test('says in plain words that the disk is full', async () => {
    await expect(mux(request('/dev/full'), inPieces(sent), parts())).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      message: expect.stringMatching(/: rain\.mkv: the disk is full$/) as string,
    });
  });
});
