import { toSeconds } from '../../../shared/time.js';
import { isInterlaced } from '../source/colors.js';
import { frameTicks } from './frame-times.js';
import type { PictureFile } from './picture-file.js';
import { packetsOf, readRawPackets } from '../ffmpeg/raw-packets.js';
import { gapsToRead, steadyTimes } from './steady-times.js';

/** What is shown before a key frame may be decoded after it. */
const reorderSeconds = 1;

/** All frames of a picture that comes at one rate; undefined where it does not, as far as is seen. */
export async function timesBetween(
  { tools, path, source, stream, signal }: PictureFile,
  known: readonly number[],
  frameRate: number,
): Promise<readonly number[] | undefined> {
  // Packets may be fields.
  const read = isInterlaced(stream) ? undefined : gapsToRead(known, frameRate);
  if (read === undefined) return undefined;
  const { start_time: zero } = source.format;
  const at = (ticks: number, later = 0) => (zero + toSeconds(ticks) + later).toFixed(3);
  const intervals = read.map(([from, to]) => `${at(from)}%${at(to, reorderSeconds)}`).join(',');
  const interval = ['-read_intervals', intervals];
  const { listed } = await readRawPackets(tools, path, stream.index, signal, interval);
  const shown = listed && frameTicks(packetsOf(listed), [-Infinity, Infinity]);
  return shown && steadyTimes(known, frameRate, { read, listed: shown });
}
