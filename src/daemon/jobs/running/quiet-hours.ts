/** A part of each day, in minutes of local time; `from` after `to` goes over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const dayMinutes = 24 * 60;

/** From `08:00-23:00`, as the setting has it. */
export function parseQuietHours(text: string): QuietHours {
  const [from = 0, to = 0] = text.split('-').map((time) => {
    const [hour, minute] = time.split(':').map(Number);
    return (hour ?? 0) * 60 + (minute ?? 0);
  });
  return { from, to };
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
