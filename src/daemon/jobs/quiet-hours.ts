import { KdramaError } from '../../shared/errors.js';

/** A part of each day, in minutes of local time; `from` after `to` goes over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const dayMinutes = 24 * 60;
const pattern = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** From `08:00-23:00`. Throws CONFIG_INVALID. */
export function parseQuietHours(text: string): QuietHours {
  const [, fromHour, fromMinute, toHour, toMinute] = pattern.exec(text) ?? [];
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  if (Number.isInteger(from) && from !== to) return { from, to };
  const detail = `expected transcode.quietHours as HH:MM-HH:MM, two different times, got ${text}`;
  throw new KdramaError('CONFIG_INVALID', detail);
}

/** When the quiet hours that it is in end, as that day's wall clock says; null outside of them. */
export function quietUntil({ from, to }: QuietHours, now: Date): Date | null {
  const minute = now.getHours() * 60 + now.getMinutes();
  const length = (to - from + dayMinutes) % dayMinutes;
  const since = (minute - from + dayMinutes) % dayMinutes;
  if (since >= length) return null;
  const end = new Date(now);
  // Past midnight it is tomorrow's; the calendar, not a sum of hours, knows of summer time.
  if (minute >= to) end.setDate(end.getDate() + 1);
  end.setHours(Math.floor(to / 60), to % 60, 0, 0);
  return end;
}
