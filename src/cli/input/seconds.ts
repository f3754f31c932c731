import { InvalidArgumentError } from 'commander';

const secondsOfUnit: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** `90`, `90s`, `10m`, `1.5h` in seconds; anything else is a usage error. */
export function parseSeconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text);
  const seconds = Number(match?.[1]) * (secondsOfUnit[match?.[2] ?? ''] ?? Number.NaN);
  if (Number.isFinite(seconds)) return seconds;
  throw new InvalidArgumentError('Expected seconds, or a number with s, m or h.');
}
