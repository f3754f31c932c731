import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toSeconds } from '../../../src/shared/time.js';
import { trimmed } from '../../support/edit-lists.js';
import { ffmpeg, shownTimes, soundSpan, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-edits-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** 20 s at 25 frames a second, a key frame every 2 s. */
async function clip(name: string, ...options: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=20', '-f', 'lavfi', '-i', 'sine=d=20'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '50'],
    ...['-c:a', 'aac', ...options, path],
  );
  return path;
}

const whole = { from: 0, to: 20 };
describe.each(['0', '3'])(
  'what an edit list cuts away is neither seen nor heard (-bf %s)',
  (bf) => {
    test.each([
      // B pictures are made of pictures that are shown after them.
      { part: 'the end', ...whole, to: 9.3, method: bf === '0' ? 'copied' : 'encoded' },
      { part: 'the last frame', ...whole, to: 19.95, method: bf === '0' ? 'copied' : 'encoded' },
      { part: 'the beginning, within a group of pictures', ...whole, from: 5, method: 'encoded' },
      { part: 'the beginning, up to a key frame', ...whole, from: 6, method: 'copied' },
      { part: 'both', from: 5, to: 16.5, method: 'encoded' },
    ])('$part', async ({ from, to, method }) => {
      const path = join(directory, `${from}-${to}-${bf}.mp4`);
      const file = await readFile(await clip(`whole-${bf}.mp4`, '-bf', bf));
      await writeFile(path, trimmed(file, [from, to]));

      const work = await workOn(path);
      const [picture] = work.probed.renditions;
      expect(picture?.method).toBe(method);
      expect(picture?.reason.includes('frames left out by its edit list')).toBe(
        method === 'encoded',
      );
      await work.run(picture?.method === 'copied' ? 'copy' : 'encode', [picture?.name ?? '']);
      const made = await work.joined(picture?.name ?? '');
      const expected = await shownTimes(path);
      const shown = await shownTimes(made);
      expect(shown).toHaveLength(expected.length);
      expect(Math.abs(expected.length - (to - from) * 25)).toBeLessThanOrEqual(1);
      const off = shown.map((time, n) =>
        Math.abs(time - (shown[0] ?? 0) - (expected[n] ?? 0) + (expected[0] ?? 0)),
      );
      expect(Math.max(...off)).toBeLessThan(0.0015);
      await work.run('copy', ['audio-0']);
      const [soundStart, soundEnd] = await soundSpan(await work.joined('audio-0'));
      expect(Math.abs(soundStart - (shown[0] ?? 0))).toBeLessThan(0.045);
      expect(Math.abs(soundEnd - (shown[0] ?? 0) - (to - from))).toBeLessThan(0.045);
      expect(toSeconds(work.probed.durationTicks)).toBeCloseTo(to - from, 1);
      await work.close();
    });
  },
);

test('of an edit list that shows nothing it is said that there is no frame', async () => {
  const path = join(directory, 'nothing.mp4');
  await writeFile(path, trimmed(await readFile(await clip('whole.mp4')), [0, 0]));
  await expect(workOn(path)).rejects.toMatchObject({
    code: 'UPLOAD_INVALID_FORMAT',
    message: expect.stringContaining('it has no frame') as string,
  });
});
