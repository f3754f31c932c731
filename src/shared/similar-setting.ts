import { closestMatch } from 'leven';

/** More wrong letters are another word. */
const maxDistance = 3;

/** Pure: the key that somebody meant who wrote `typed`; undefined where it is like none. */
export function similarSetting(typed: string, keys: readonly string[]): string | undefined {
  const plain = typed.toLowerCase();
  // `cpuShare` and `work.cpuShare` for `transcode.cpuShare`, `media.directory` for `media.dir`.
  const last = plain.split('.').at(-1);
  const part = keys.filter((key) => {
    const known = key.toLowerCase();
    return known.endsWith(`.${last}`) || plain.startsWith(known);
  });
  if (part.length === 1) return part[0];
  const closest = closestMatch(
    plain,
    keys.map((key) => key.toLowerCase()),
    { maxDistance },
  );
  return keys.find((key) => key.toLowerCase() === closest);
}

/** Pure: what somebody can do whose key is none of these. */
export function settingHint(typed: string, keys: readonly string[]): string {
  const similar = similarSetting(typed, keys);
  const all = '"kdrama config list" names them all.';
  return similar === undefined ? all : `Did you mean ${similar}? ${all}`;
}
