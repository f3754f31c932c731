import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSeconds } from '../../../src/shared/time.js';
import { signalToNoise, samplesOf } from '../../support/samples.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

it('the seams between chunks of sound are as good as their middles', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-seams-'));
  const source = join(directory, 'tone.mkv');
  const tone = "aevalsrc='0.3*sin(2*PI*(300+200*sin(t))*t)+0.2*sin(2*PI*1234*t)':s=48000:d=40";
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=40', '-f', 'lavfi', '-i', tone],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'ac3', '-b:a', '448k', source],
  );
  const work = await workOn(source);
  for (let first = 0; first < work.segments; first += 1) {
    await work.run('audio', ['audio-0'], first, 1);
  }
  const made = samplesOf(await work.joined('audio-0'), 0);
  const original = samplesOf(source, 0);
  const seams = work.probed.boundaries.slice(1, -1).map(toSeconds);
  expect(seams.length).toBeGreaterThan(2);
  for (const seam of seams) {
    expect(signalToNoise(made, original, seam)).toBeGreaterThan(35);
    expect(signalToNoise(made, original, seam + 2)).toBeGreaterThan(35);
  }
  await work.close();
  await rm(directory, { recursive: true, force: true });
});
