import { readFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demandWhole } from '../../../src/daemon/media/frames/whole.js';
import { shortClip } from '../../support/short-clip.js';

const tools = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: '' };
const containers = ['mkv', 'mp4', 'faststart.mp4', 'avi', 'wmv', 'flv'] as const;
/** What they hold; of H.264 and AAC where it is not said. */
const codecs: Partial<Record<Container, readonly string[]>> = {
  'faststart.mp4': ['-c', 'copy', '-movflags', '+faststart'],
  avi: ['-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
  wmv: ['-c:v', 'wmv2', '-c:a', 'wmav2'],
  flv: ['-c:v', 'flv1', '-c:a', 'libmp3lame', '-ar', '44100'],
};
type Container = (typeof containers)[number];

let folder: string;
const originals = new Map<Container, Buffer>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kdrama-whole-'));
  const clip = await shortClip();
  for (const container of containers) {
    const path = join(folder, container);
    const copy = [
      '-v',
      'error',
      '-i',
      clip,
      ...(codecs[container] ?? ['-c', 'copy']),
      path.replace(/^(.*\/)(\w+)$/, '$1a.$2'),
    ];
    await promisify(execFile)('ffmpeg', copy);
    originals.set(container, await readFile(copy.at(-1) ?? ''));
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** What is said of a file with these bytes; undefined: it is whole. */
async function verdict(container: Container, bytes: Buffer): Promise<string | undefined> {
  const path = join(folder, `file.${container}`);
  await writeFile(path, bytes);
  return demandWhole(tools, path, new AbortController().signal).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

describe.each(containers)('a %s', (container) => {
  const whole = () => originals.get(container) ?? Buffer.alloc(0);
  const half = () => whole().subarray(0, whole().length / 2);

  test('that is whole is so', async () => {
    expect(await verdict(container, whole())).toBeUndefined();
  });

  test('of which half is there is not', async () => {
    expect(await verdict(container, half())).toMatch(/cut off/);
  });

  test('of full size that is filled to its half is not', async () => {
    const bytes = Buffer.alloc(whole().length);
    half().copy(bytes);
    expect(await verdict(container, bytes)).toMatch(/only zeros/);
  });

  test('with holes of zeros in the middle is not', async () => {
    const bytes = Buffer.from(whole());
    bytes.fill(0, Math.floor(bytes.length * 0.2), Math.floor(bytes.length * 0.8));
    expect(await verdict(container, bytes)).toMatch(/only zeros|cut off/);
  });
});

test.each(['avi', 'wmv', 'flv'] as const)(
  '%s of a stream has no size that counts',
  async (container) => {
    const path = join(folder, `live.${container}`);
    const format = container === 'wmv' ? 'asf' : container;
    const codec = codecs[container] ?? [];
    const clip = await shortClip();
    const shell = 'set -e; out=$1; shift; ffmpeg "$@" - > "$out"';
    await promisify(execFile)('sh', [
      ...['-c', shell, 'sh', path, '-v', 'error', '-i', clip, ...codec, '-f', format],
    ]);
    expect(await verdict(container, await readFile(path))).toBeUndefined();
  },
);

test('space that is only set aside is no video', async () => {
  const path = join(folder, 'empty.mkv');
  await writeFile(path, '');
  await truncate(path, 5_000_000);
  await expect(demandWhole(tools, path, new AbortController().signal)).rejects.toThrow(
    'only zeros',
  );
});
