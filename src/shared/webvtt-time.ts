/** A time as WebVTT writes it: `01:02:03.456`. */
export function webVttTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = [hours, minutes, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`;
}
