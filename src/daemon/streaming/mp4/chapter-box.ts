import type { Chapter } from '../../../shared/chapters.js';
import { ticksPerSecond } from '../../../shared/time.js';
import { uint32, uint64, writeBox, writeFullBox } from '../../media/fmp4/boxes.js';

/** The box counts them in one byte, and the bytes of each title. */
const most = 255;
/** It counts time in 100 ns. */
const unitsPerSecond = 10_000_000;

/**
 * `udta` with the chapters as Nero's `chpl`, which has no standard but is read by ffmpeg, VLC and mpv,
 * and needs no track of its own. Each goes on to the next.
 */
export function chapterBox(chapters: readonly Chapter[]): Buffer {
  const entries = chapters.slice(0, most).flatMap(({ startTicks, title }) => {
    const units = Math.round((startTicks * unitsPerSecond) / ticksPerSecond);
    const text = cutTitle(title);
    return [uint64(units), Uint8Array.of(text.length), text];
  });
  const count = Uint8Array.of(Math.min(chapters.length, most));
  return writeBox('udta', writeFullBox('chpl', 1, 0, uint32(0), count, ...entries));
}

/** Whole characters only. */
function cutTitle(title: string): Uint8Array {
  const bytes = new Uint8Array(most);
  return bytes.subarray(0, new TextEncoder().encodeInto(title, bytes).written);
}
