import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeArguments } from '../../../src/daemon/media/arguments/encode.js';
import { readStream } from '../../../src/daemon/media/fmp4/stream-reader.js';
import { runPiped } from '../../../src/daemon/media/ffmpeg/run.js';
import { pictureSegmenter } from '../../../src/daemon/media/segments/segmenter.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-whole-segment-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test('that a segment is encoded is known with the first frame of the next', async () => {
  const source = join(directory, 'source.mkv');
  const picture = 'testsrc2=s=640x360:r=24:d=18';
  await ffmpeg(...['-f', 'lavfi', '-i', picture, '-c:v', 'mpeg4', '-q:v', '4', '-g', '24', source]);
  const work = await workOn(source);
  const { boundaries, renditions } = work.probed;
  const pictures = renditions.flatMap(({ traits }) => (traits.kind === 'video' ? [traits] : []));
  const { signal } = new AbortController();
  const args = encodeArguments({ source, pictures, boundaries, isLast: true });
  const run = runPiped('ffmpeg', args, 1, signal);
  run.stdout.resume();
  const [output] = run.outputs;
  if (output === undefined) throw new Error('there is no output');
  const segmenter = pictureSegmenter(boundaries, 0, boundaries.length - 1);
  const framesBehind: number[] = [];
  for await (const part of readStream(output)) {
    if (part.kind !== 'samples') continue;
    if (segmenter.push(part.samples).length > 0) framesBehind.push(part.samples.length);
  }
  expect((await run.ended).exitCode).toBe(0);
  expect(framesBehind).toEqual([1, 1]);
  await work.close();
});
