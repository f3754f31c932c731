/**
 * Media time. Inside the daemon boundaries and time stamps are whole ticks of the 90 kHz clock that
 * MPEG uses (ISO/IEC 13818-1); seconds appear at the edges only.
 */
export const ticksPerSecond = 90_000;

export function toTicks(seconds: number): number {
  return Math.round(seconds * ticksPerSecond);
}

export function toSeconds(ticks: number): number {
  return ticks / ticksPerSecond;
}
