/** How many full logs are kept beside the one that is written. */
export const keptLogs = 3;

/** Where a full log lies: 1 is the newest. */
export function keptLogPath(path: string, number: number): string {
  return `${path}.${number}`;
}

/** The logs of a path from the oldest to the one that is written, whether they exist or not. */
export function logPaths(path: string): string[] {
  const kept = Array.from({ length: keptLogs }, (_, index) => keptLogPath(path, keptLogs - index));
  return [...kept, path];
}
