/** `2026-01-31 20:15:03` by the clock on the wall here: for people; programs get ISO 8601 in UTC. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const day = [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits);
  return `${day.join('-')} ${time.join(':')}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
