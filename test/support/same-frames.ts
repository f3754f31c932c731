/** Holds what was made of a source against a decode of the source itself. */
import { expect } from 'vitest';
import { clickTimes } from './clicks.js';
import { shownTimes } from './worker-bench.js';

/** `times`: of the frames that a decoder shows of the source. Each is there once, as long after the first; in seconds. */
export async function expectSameFrames(
  made: string,
  times: readonly number[],
  tolerance = 0.0015,
): Promise<void> {
  const [start = 0] = times;
  const shown = await shownTimes(made);
  expect(shown).toHaveLength(times.length);
  const [shownStart = 0] = shown;
  const off = shown.map((time, n) => Math.abs(time - shownStart - ((times[n] ?? 0) - start)));
  expect(Math.max(...off)).toBeLessThan(tolerance);
}

/** How long after the first frame each click of the source's sound is heard, in seconds. */
export function clicksOf(source: string, times: readonly number[]): Promise<number[]> {
  return clickTimes(source, times[0]);
}

/** As far from the picture as `clicks`, to 45 ms: what nobody sees. */
export async function expectSameSound(
  { picture, sound }: { readonly picture: string; readonly sound: string },
  clicks: readonly number[],
): Promise<void> {
  const [start = 0] = await shownTimes(picture);
  const heard = await clickTimes(sound, start);
  expect(heard).toHaveLength(clicks.length);
  const off = heard.map((time, n) => Math.abs(time - (clicks[n] ?? 0)));
  expect(Math.max(...off)).toBeLessThan(0.045);
}
