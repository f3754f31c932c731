import { describe, expect, it } from 'vitest';
import { parseQuietHours, quietUntil } from '../../../src/daemon/jobs/running/quiet-hours.js';

/** On the first of February, by the wall clock of this machine. */
function at(hour: number, minute: number): Date {
  return new Date(2026, 1, 1, hour, minute, 30);
}

describe('quiet hours', () => {
  it.each([
    ['08:00-23:00', 7, 59, false],
    ['08:00-23:00', 8, 0, true],
    ['08:00-23:00', 22, 59, true],
    ['08:00-23:00', 23, 0, false],
    ['22:30-06:00', 22, 29, false],
    ['22:30-06:00', 23, 59, true],
    ['22:30-06:00', 0, 0, true],
    ['22:30-06:00', 6, 0, false],
  ])('%s at %i:%i: %s', (hours, hour, minute, isQuiet) => {
    expect(quietUntil(parseQuietHours(hours), at(hour, minute)) !== null).toBe(isQuiet);
  });

  it('end on the same day, or tomorrow when they go over midnight', () => {
    expect(quietUntil(parseQuietHours('08:00-23:00'), at(12, 0))).toEqual(
      new Date(2026, 1, 1, 23, 0),
    );
    const night = parseQuietHours('22:30-06:00');
    expect(quietUntil(night, at(23, 0))).toEqual(new Date(2026, 1, 2, 6, 0));
    expect(quietUntil(night, at(1, 0))).toEqual(new Date(2026, 1, 1, 6, 0));
  });
});
