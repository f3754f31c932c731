import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

const rate = 48_000;
const clickSeconds = 0.02;

/** An ffmpeg source whose sound is 20 ms of a tone that begin at each half second: 0.5, 1.5, … */
export function clicks(sampleRate: number, seconds: number, layout = 'stereo'): string[] {
  const click = `0.5*sin(2*PI*1000*t)*between(mod(t,1),0.5,${0.5 + clickSeconds})`;
  const source = `aevalsrc='${click}':s=${sampleRate}:d=${seconds}`;
  return ['-f', 'lavfi', '-i', `${source},aformat=channel_layouts=mono,${spread(layout)}`];
}

/** The same in every channel. */
function spread(layout: string): string {
  const count = { mono: 1, stereo: 2, '5.1': 6, '7.1': 8 }[layout] ?? 2;
  const channels = Array.from({ length: count }, (_, index) => `c${index}=c0`).join('|');
  return `pan=${layout}|${channels}`;
}

/** When the clicks of a file begin, in seconds after `since` on its clock, by decoding it as a player would. */
export async function clickTimes(path: string, since = 0): Promise<number[]> {
  const decode = ['-v', 'error', '-copyts', '-i', path, '-map', '0:a:0', '-ac', '1'];
  const clock = [
    '-af',
    `asetpts=PTS-${since}/TB,aresample=${rate}:async=1:min_hard_comp=0.005:first_pts=0`,
  ];
  const { stdout } = await exec('ffmpeg', [...decode, ...clock, '-f', 'f32le', '-'], {
    ...{ maxBuffer: 1 << 28, encoding: 'buffer' },
  });
  return centres(new Float32Array(Uint8Array.from(stdout).buffer)).map(
    (seconds) => seconds - clickSeconds / 2,
  );
}

/** The centres of what is loud, in seconds: quieter than a tenth of the loudest for 0.1 s parts them. */
function centres(samples: Float32Array): number[] {
  const loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const groups: { energy: number; moment: number; last: number }[] = [];
  for (const [at, value] of samples.entries()) {
    if (Math.abs(value) < loudest / 10) continue;
    const open = groups.at(-1);
    const group =
      open !== undefined && at - open.last < 0.1 * rate ? open : { energy: 0, moment: 0, last: at };
    if (group !== open) groups.push(group);
    group.energy += value * value;
    group.moment += value * value * at;
    group.last = at;
  }
  return groups.map(({ energy, moment }) => moment / energy / rate);
}
