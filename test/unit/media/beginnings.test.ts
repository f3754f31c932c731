import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownBeginning, rememberBeginning } from '../../../src/daemon/media/frames/beginnings.js';

let directory: string;
let path: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-beginnings-'));
  path = join(directory, 'source');
  await writeFile(path, 'a film');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const packets = [0, 7200, 3600].map((ticks) => ({
  ...{ ticks, durationTicks: 3600, sizeBytes: 9, isKey: ticks === 0 },
}));

test('a beginning is known as far as it was listed', async () => {
  await rememberBeginning(path, 0, packets);
  expect(await knownBeginning(path, 0, 7200)).toEqual(packets);
  expect(await knownBeginning(path, 0, 7201)).toBeUndefined();
});

test('of one stream nothing is known by another, nor by another file of that name', async () => {
  await rememberBeginning(path, 0, packets);
  expect(await knownBeginning(path, 1, 0)).toBeUndefined();
  await writeFile(path, 'another film');
  expect(await knownBeginning(path, 0, 0)).toBeUndefined();
});
