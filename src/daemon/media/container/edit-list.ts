import { findBox, type Box } from '../fmp4/boxes.js';
import { readEdits } from '../fmp4/timing.js';
import type { SampleTable } from './sample-table.js';

/**
 * The table of an MP4 track with what its edit list leaves out at the end marked. undefined where the list is more
 * than a delay and one stretch of the track. Where that begins is found out otherwise.
 */
export function withEditList(
  bytes: Buffer,
  track: Box,
  table: SampleTable,
  movieUnitsPerSecond: number,
): SampleTable | undefined {
  const list = findBox(bytes, track, ['edts', 'elst']);
  if (list === undefined) return table;
  const edits = readEdits(bytes, list);
  const [shown, ...others] = edits[0]?.mediaTime === -1 ? edits.slice(1) : edits;
  if (shown === undefined || shown.mediaTime < 0 || others.length > 0) return undefined;
  const length = (shown.duration * table.unitsPerSecond) / movieUnitsPerSecond;
  const end = shown.mediaTime + length;
  const samples = table.samples.map((sample) =>
    sample.pts < end ? sample : { ...sample, isHidden: true },
  );
  return { ...table, samples };
}
