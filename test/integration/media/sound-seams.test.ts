import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
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

// Matroska rounds time stamps to milliseconds, AVI (as ffmpeg reads it) to frames of the sound.
test.each([
  ['DTS in Matroska', 'dts.mkv', 48_000, ['-strict', '-2', '-c:a', 'dca', '-b:a', '768k']],
  ['Opus in Matroska', 'opus.mkv', 48_000, ['-c:a', 'libopus', '-b:a', '160k']],
  ['AAC at 96 kHz in Matroska', 'aac96.mkv', 96_000, ['-c:a', 'aac', '-b:a', '192k']],
  ['AAC at 22.05 kHz in Matroska', 'aac22.mkv', 22_050, ['-c:a', 'aac', '-b:a', '96k']],
  ['MP3 in AVI', 'mp3.avi', 44_100, ['-c:a', 'libmp3lame', '-b:a', '192k']],
])('no tick is at the seams of %s', async (_, file, sampleRate, codec) => {
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-seams-'));
  const source = join(directory, file);
  const tone = `aevalsrc='0.3*sin(2*PI*440*t)+0.2*sin(2*PI*1234*t)':s=${sampleRate}:d=40:c=stereo`;
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=25:d=40', '-f', 'lavfi', '-i'];
  await ffmpeg(...picture, tone.replace("':s", "|0':s"), '-c:v', 'mpeg4', ...codec, source);
  const [apart, atOnce] = [await workOn(source), await workOn(source)];
  for (let first = 0; first < apart.segments; first += 1) {
    await apart.run('audio', ['audio-0'], first, 1);
  }
  await atOnce.run('audio', ['audio-0']);
  const [made, whole] = [apart, atOnce].map((work) => work.joined('audio-0'));
  const samples = samplesOf((await made) ?? '', 0);
  const wanted = samplesOf((await whole) ?? '', 0);
  for (const seam of apart.probed.boundaries.slice(1, -1).map(toSeconds)) {
    expect(signalToNoise(samples, wanted, seam)).toBeGreaterThan(35);
    expect(signalToNoise(samples, wanted, seam + 2)).toBeGreaterThan(35);
  }
  await Promise.all([apart.close(), atOnce.close()]);
  await rm(directory, { recursive: true, force: true });
});
