const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for a person, in powers of 1000 as disks are sold: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && amount < 9.95 ? 1 : 0;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** Seconds for a person: `0:07`, `24:31`, `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** 0 to 100, rounded down: nothing says 100 % before it is done. */
export function formatPercent(percent: number): string {
  return `${Math.floor(percent)}%`;
}

/** Encoded media seconds per second: `2.4×`. */
export function formatSpeed(speed: number): string {
  return `${speed.toFixed(speed < 9.95 ? 1 : 0)}×`;
}
