import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { publishFiles } from '../../../src/daemon/worker/local-files.js';

function directories() {
  const root = mkdtempSync(join(tmpdir(), 'kdrama-files-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const attempt = join(root, 'attempt');
  mkdirSync(attempt);
  return { attempt, media: join(root, 'video', 'plan', '720p-v1') };
}

it('files appear whole under their final names, and nothing stays behind', async () => {
  const { attempt, media } = directories();
  const names = ['init.mp4', '0.m4s', '1.m4s'];
  await publishFiles(
    names.map((name) => ({ path: join(media, name), bytes: Buffer.from(name) })),
    attempt,
  );
  expect(readdirSync(media).toSorted()).toEqual(names.toSorted());
  expect(readFileSync(join(media, '1.m4s'), 'utf8')).toBe('1.m4s');
  expect(readdirSync(attempt)).toEqual([]);
});

it('a failure is told only when no other file of the batch can appear any more', async () => {
  const { attempt, media } = directories();
  const taken = join(media, '0.m4s');
  mkdirSync(join(taken, 'a directory in its place'), { recursive: true });
  const bytes = Buffer.alloc(4 * 1024 * 1024);
  const others = Array.from({ length: 16 }, (_, n) => ({
    path: join(media, `${n + 1}.m4s`),
    bytes,
  }));
  const publishing = publishFiles([{ path: taken, bytes: Buffer.from('0') }, ...others], attempt);
  await expect(publishing).rejects.toThrow();
  expect(others.filter(({ path }) => !existsSync(path))).toEqual([]);
});
