import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toSeconds } from '../../../src/shared/time.js';
import { ffmpeg, workOn } from '../../support/worker-bench.js';

const rate = 48_000;

function samplesOf(path: string): Float32Array {
  const decode = ['-v', 'error', '-i', path, '-map', '0:a:0', '-ac', '1', '-f', 'f32le', '-'];
  const bytes = execFileSync('ffmpeg', decode, { maxBuffer: 1 << 28 });
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Signal to noise in dB of `made` against `source`, 30 ms to both sides of a time. */
function quality(made: Float32Array, source: Float32Array, seconds: number): number {
  const from = Math.round((seconds - 0.03) * rate);
  let signal = 0;
  let noise = 0;
  for (let at = from; at < from + 0.06 * rate; at += 1) {
    signal += (source[at] ?? 0) ** 2;
    noise += ((made[at] ?? 0) - (source[at] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

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
  const made = samplesOf(await work.joined('audio-0'));
  const original = samplesOf(source);
  const seams = work.probed.boundaries.slice(1, -1).map(toSeconds);
  expect(seams.length).toBeGreaterThan(2);
  for (const seam of seams) {
    expect(quality(made, original, seam)).toBeGreaterThan(35);
    expect(quality(made, original, seam + 2)).toBeGreaterThan(35);
  }
  await work.close();
  await rm(directory, { recursive: true, force: true });
});
