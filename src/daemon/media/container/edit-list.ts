import { findBox, type Box } from '../fmp4/boxes.js';
import { readEdits } from '../fmp4/timing.js';
import type { SampleTable } from './sample-table.js';

/**
 * Whether the edit list of an MP4 track leaves out nothing but its beginning: at most a delay, then the
 * track to its last sample. Where it begins is found out otherwise.
 */
export function isShownToItsEnd(
  bytes: Buffer,
  track: Box,
  { unitsPerSecond, samples }: SampleTable,
  movieUnitsPerSecond: number,
): boolean {
  const list = findBox(bytes, track, ['edts', 'elst']);
  if (list === undefined) return true;
  const edits = readEdits(bytes, list);
  const [shown, ...others] = edits[0]?.mediaTime === -1 ? edits.slice(1) : edits;
  if (shown === undefined || shown.mediaTime < 0 || others.length > 0) return false;
  const end = shown.mediaTime + (shown.duration * unitsPerSecond) / movieUnitsPerSecond;
  return samples.every(({ pts }) => pts < end);
}
