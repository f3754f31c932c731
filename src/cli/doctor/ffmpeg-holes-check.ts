import type { Check } from './check.js';

/**
 * The releases in which what was known of holes in decoders and demuxers up to the autumn of 2025 is
 * mended (among others CVE-2025-0518, CVE-2025-22919, CVE-2023-49502), by their branch.
 */
const mendedPatch: Readonly<Record<string, number>> = { '5.1': 7, '6.1': 3, '7.0': 3, '7.1': 2 };
const oldestUnlisted = 8;

/** Pure: whether the ffmpeg that is used has holes that a hostile file could use. */
export function checkHoles(version: string): Check[] {
  const match = /^n?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (match === null) return []; // Built from git: its number says nothing.
  const [, major = '', minor = '', patch = '0'] = match;
  const branch = `${major}.${minor}`;
  const needed = mendedPatch[branch];
  const isMended = needed === undefined ? Number(major) >= oldestUnlisted : Number(patch) >= needed;
  if (isMended) return [];
  const against =
    needed === undefined ? `${branch} gets no more fixes` : `${branch}.${needed} mends holes in it`;
  return [
    {
      name: 'holes',
      level: 'warn',
      message: `ffmpeg ${version}: ${against}, unless your distribution did so`,
      advice: 'Update ffmpeg, above all if others may upload.',
    },
  ];
}
