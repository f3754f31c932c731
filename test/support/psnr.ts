import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Decibels of each frame against the one of the same number in the source, at `size` (`640:360`), whenever they are shown. */
export async function psnrOf(made: string, source: string, size: string): Promise<number[]> {
  const numbered = 'settb=1/1000,setpts=N';
  const graph = `[1:v]scale=${size}:flags=bicubic,${numbered}[s];[0:v]${numbered}[m];[m][s]psnr=stats_file=-`;
  const inputs = ['-v', 'error', '-i', made, '-i', source];
  const { stdout } = await exec('ffmpeg', [...inputs, '-lavfi', graph, '-f', 'null', '-'], {
    maxBuffer: 1 << 26,
  });
  return [...stdout.matchAll(/psnr_avg:([\d.]+|inf)/g)].map(([, value]) =>
    Number(value?.replace('inf', 'Infinity')),
  );
}
