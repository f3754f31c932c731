import type { FileIdentity } from '../../shared/contract/index.js';

/** How long and how often a file must be seen unchanged. */
export interface SettleRule {
  readonly seconds: number;
  readonly looks: number;
}

/** How a file has stood since it was last seen to change. Times are monotonic, in milliseconds. */
export interface Standing {
  readonly identity: FileIdentity;
  readonly sinceMs: number;
  readonly looks: number;
}

const looks = 3;
/** Other machines write there, and what this one sees of them may be old. */
const networkFactor = 4;

export function settleRule(seconds: number, isNetwork: boolean): SettleRule {
  return { seconds: isNetwork ? seconds * networkFactor : seconds, looks };
}

/** How far two looks lie apart. */
export function lookEveryMs(rule: SettleRule): number {
  return (rule.seconds * 1000) / (rule.looks - 1);
}

/** One more look; the first, or one that sees something else, begins anew. */
export function lookAgain(
  before: Standing | undefined,
  identity: FileIdentity,
  nowMs: number,
): Standing {
  if (before === undefined || !isSameFile(before.identity, identity)) {
    return { identity, sinceMs: nowMs, looks: 1 };
  }
  return { ...before, looks: before.looks + 1 };
}

export function hasSettled({ sinceMs, looks: seen }: Standing, rule: SettleRule, nowMs: number) {
  return seen >= rule.looks && nowMs - sinceMs >= rule.seconds * 1000;
}

/** Size, time of change and inode; a file system that comes back may have another device number. */
export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode === b.inode && isSameStamp(a, b);
}

/** All but the inode, which some file systems (FAT, many network ones) make up at each mount. */
export function isSameStamp(a: FileIdentity, b: FileIdentity): boolean {
  return a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs;
}
