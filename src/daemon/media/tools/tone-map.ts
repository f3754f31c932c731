import type { Colors } from '../../../shared/renditions.js';
import { toneMapFilter } from '../arguments/picture-filter.js';
import { runText } from '../ffmpeg/run.js';

const hdr10: Colors = {
  ...{ matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084', range: 'tv' },
};
const sdr: Colors = { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', range: 'tv' };

/** Whether an ffmpeg can bring HDR down to SDR, by doing it: not every build has zscale. */
export async function canToneMap(ffmpeg: string): Promise<boolean> {
  const filter = toneMapFilter({ width: 64, height: 36 }, { from: hdr10, to: sdr });
  const { exitCode } = await runText(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'color=s=64x36:d=0.04,format=yuv420p10le'],
    ...['-vf', filter, '-f', 'null', '-'],
  ]);
  return exitCode === 0;
}
