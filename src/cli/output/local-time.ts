/** `2026-01-31 20:15:03` by the clock on the wall here: for people; programs get ISO 8601 in UTC. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const part = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), part(date.getMonth() + 1), part(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(part).join(':');
  return `${day} ${time}`;
}
