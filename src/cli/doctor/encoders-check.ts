import type { RunProgram } from '../host/host.js';
import type { Check } from './check.js';

/** What every transcode needs. */
const needed = ['libx264', 'aac'];
const hardware = ['h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_videotoolbox'];

/** Encodes a few frames with each: that an encoder is listed does not mean that it works. */
export async function checkEncoders(ffmpeg: string, run: RunProgram): Promise<Check> {
  const works = async (encoder: string) => {
    const { exitCode } = await run(ffmpeg, trial(encoder));
    return exitCode === 0 ? [encoder] : [];
  };
  return assessEncoders((await Promise.all([...needed, ...hardware].map(works))).flat());
}

/** Pure. */
export function assessEncoders(working: readonly string[]): Check {
  const missing = needed.filter((encoder) => !working.includes(encoder));
  const name = 'encoders';
  if (missing.length === 0) return { name, level: 'ok', message: `${working.join(', ')} work` };
  return {
    name,
    level: 'fail',
    message: `${missing.join(' and ')} cannot encode`,
    advice: 'Install an ffmpeg with libx264, or name one: kdrama config set ffmpeg.path FILE',
  };
}

function trial(encoder: string): string[] {
  const source = encoder === 'aac' ? 'sine=d=0.2' : 'testsrc2=s=256x144:r=25:d=0.2';
  const upload =
    encoder === 'h264_vaapi'
      ? ['-vaapi_device', '/dev/dri/renderD128', '-vf', 'format=nv12,hwupload']
      : [];
  return [
    ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', source],
    ...[...upload, encoder === 'aac' ? '-c:a' : '-c:v', encoder, '-f', 'null', '-'],
  ];
}
