import { execFileSync } from 'node:child_process';

const rate = 48_000;

/** The samples of one channel of a file's first sound, at 48 kHz. */
export function samplesOf(path: string, channel: number): Float32Array {
  const filter = `pan=mono|c0=c${channel},aresample=${rate}`;
  const decode = ['-v', 'error', '-i', path, '-map', '0:a:0', '-af', filter];
  const bytes = execFileSync('ffmpeg', [...decode, '-f', 'f32le', '-'], { maxBuffer: 1 << 28 });
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** Signal to noise in dB of `made` against `source`, 30 ms to both sides of a time. */
export function signalToNoise(made: Float32Array, source: Float32Array, seconds: number): number {
  const from = Math.round((seconds - 0.03) * rate);
  let signal = 0;
  let noise = 0;
  for (let at = from; at < from + 0.06 * rate; at += 1) {
    signal += (source[at] ?? 0) ** 2;
    noise += ((made[at] ?? 0) - (source[at] ?? 0)) ** 2;
  }
  return 10 * Math.log10(signal / noise);
}

/** Between two times in seconds, in dB of full scale: the highest sample, and the mean power. */
export function levels(samples: Float32Array, [from, to]: readonly [number, number]) {
  const part = samples.subarray(Math.round(from * rate), Math.round(to * rate));
  const peak = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const power = part.reduce((sum, value) => sum + value ** 2, 0) / part.length;
  return { peak: 20 * Math.log10(peak), mean: 10 * Math.log10(power) };
}
