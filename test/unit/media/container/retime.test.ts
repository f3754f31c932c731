import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { retimeFrames } from '../../../../src/daemon/media/container/retime.js';
import { matroska, simpleBlock } from './matroska.js';

let directory: string;
let path: string;
const { signal } = new AbortController();
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-retime-'));
  path = join(directory, 'film.mkv');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const fileOf = (...clusters: readonly (readonly [track: number, time: number])[][]) =>
  matroska({
    tracks: [
      { number: 1, type: 2 },
      { number: 2, type: 1 },
    ],
    clusters: clusters.map((blocks, n) => ({
      time: n * 1000,
      blocks: blocks.map(([track, time]) =>
        simpleBlock({ track, relativeTime: time, data: Buffer.from(`frame ${track}`) }),
      ),
    })),
    cues: [],
  });

test('frames of the picture get other times in place, to the cluster before and after', async () => {
  await writeFile(path, fileOf([[2, 0], [1, 40], [2, 40], [2, 80]], [[2, 0], [1, 40], [2, 40]])); // prettier-ignore
  const times = new Map([[80, 1000], [1000, 80], [40, 1040], [1040, 40]]); // prettier-ignore
  await retimeFrames(path, times, signal);
  const wanted = fileOf([[2, 0], [1, 40], [2, 1040], [2, 1000]], [[2, -920], [1, 40], [2, -960]]); // prettier-ignore
  expect(await readFile(path)).toEqual(wanted);
});

test('a time that is too far away to be told is refused', async () => {
  await writeFile(path, fileOf([[2, 0]]));
  await expect(retimeFrames(path, new Map([[0, 40_000]]), signal)).rejects.toThrow(RangeError);
});
