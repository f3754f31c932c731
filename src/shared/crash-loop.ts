/**
 * After so many deaths in this time a daemon is no longer started by itself. A task that kills it five
 * times is given up by then: what still kills it is something else.
 */
export const deathsOfLoop = 6;
export const loopMinutes = 10;

/** Pure: those of these times (ISO 8601) that count at `now` (ms since 1970). */
export function recentDeaths(deaths: readonly string[], now: number): string[] {
  return deaths.filter((at) => now - Date.parse(at) < loopMinutes * 60_000);
}
