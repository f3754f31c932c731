import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether files can be made in a directory, or it be made where it is not there yet. */
export function canBeWritten(directory: string): boolean {
  try {
    accessSync(nearestExisting(directory), constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path itself, or of what it lies in the nearest that is there. */
export function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
