import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SegmentMemory } from '../../../src/daemon/streaming/segment-memory.js';

/** A size that no memory is wasted for. */
const sizeBytes = 64;
let directory: string;
let reads: boolean[];
let memory: SegmentMemory;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-memory-'));
  reads = [];
  const clock = { monotonic: () => performance.now() };
  memory = new SegmentMemory({
    ...{ keptBytes: 100, spareBytes: 64, clock },
    onRead: (isHit) => reads.push(isHit),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(directory, { recursive: true });
});

/** Who asked at the same time has had its turn after this. */
const turn = () => new Promise((resolve) => void setImmediate(resolve));

async function segment(name: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, Buffer.alloc(sizeBytes, name));
  return path;
}

test('one that many ask for at once is read once', async () => {
  const path = await segment('a');
  const held = await Promise.all([1, 2, 3].map(() => memory.hold(path, sizeBytes)));
  expect(new Set(held.map((each) => each?.bytes)).size).toBe(1);
  expect(Buffer.from(held[0]!.bytes).toString()).toBe('a'.repeat(sizeBytes));
  expect(reads).toEqual([false, true, true]);
  expect(memory.bytes).toBe(sizeBytes);
});

test('those that were not asked for longest go first', async () => {
  const [a, b] = [await segment('a'), await segment('b')];
  (await memory.hold(a, sizeBytes))?.release();
  (await memory.hold(b, sizeBytes))?.release();
  expect(memory.bytes).toBe(sizeBytes);
  (await memory.hold(b, sizeBytes))?.release();
  (await memory.hold(a, sizeBytes))?.release();
  expect(reads).toEqual([false, false, true, false]);
});

test('what clients that do not read hold on to counts until they let go', async () => {
  const [a, b, c] = [await segment('a'), await segment('b'), await segment('c')];
  const slow = await memory.hold(a, sizeBytes);
  await memory.hold(b, sizeBytes);
  expect(memory.bytes).toBe(2 * sizeBytes);
  expect(await memory.hold(c, sizeBytes)).toBeUndefined();
  slow?.release();
  slow?.release();
  expect(memory.bytes).toBe(sizeBytes);
  expect(await memory.hold(c, sizeBytes)).toBeDefined();
});

test('reads that are under way count too', async () => {
  const paths = await Promise.all(['a', 'b', 'c'].map(segment));
  const held = await Promise.all(paths.map((path) => memory.hold(path, sizeBytes)));
  expect(held.map((each) => each !== undefined)).toEqual([true, true, false]);
});

test('memory that was let go is used again, and never while somebody holds it', async () => {
  const [a, b, c] = [await segment('a'), await segment('b'), await segment('c')];
  const held = await memory.hold(a, sizeBytes);
  await turn();
  (await memory.hold(b, sizeBytes))?.release();
  await turn();
  expect(Buffer.from(held!.bytes).toString()).toBe('a'.repeat(sizeBytes));
  held!.release();
  const next = await memory.hold(c, sizeBytes);
  expect(next?.bytes.buffer).toBe(held!.bytes.buffer);
});

test('what is larger than all of the memory is never held', async () => {
  const path = await segment('a');
  expect(await memory.hold(path, 101)).toBeUndefined();
});

test('a video that is gone leaves nothing, not even what was on its way', async () => {
  const [a, b] = [await segment('a'), await segment('b')];
  (await memory.hold(a, sizeBytes))?.release();
  const underWay = memory.hold(b, sizeBytes);
  memory.forget(directory);
  expect(Buffer.from((await underWay)!.bytes).toString()).toBe('b'.repeat(sizeBytes));
  (await underWay)?.release();
  await expect.poll(() => memory.bytes).toBe(0);
});

test('another directory whose name begins in the same way stays', async () => {
  (await memory.hold(await segment('a'), sizeBytes))?.release();
  memory.forget(directory.slice(0, -1));
  expect(memory.bytes).toBe(sizeBytes);
});

test('what nobody asks for any more is given back without being asked', async () => {
  vi.useFakeTimers();
  const path = await segment('a');
  (await memory.hold(path, sizeBytes))?.release();
  await vi.advanceTimersByTimeAsync(50_000);
  (await memory.hold(path, sizeBytes))?.release();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(memory.bytes).toBe(sizeBytes);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(memory.bytes).toBe(0);
});

test('a damaged file is refused, and asked for again the next time', async () => {
  const path = await segment('a');
  await expect(memory.hold(path, sizeBytes - 1)).rejects.toMatchObject({ code: 'INTERNAL' });
  await expect(memory.hold(join(directory, 'b'), 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect.poll(() => memory.bytes).toBe(0);
  expect(await memory.hold(path, sizeBytes)).toBeDefined();
});
