/**
 * What to say when the daemon is of another version than we are; undefined when it is not. `isOurs`: it
 * runs on this computer, where we may renew it.
 */
export function versionWords(
  ours: string,
  theirs: string,
  { isOurs }: { readonly isOurs: boolean },
): string | undefined {
  if (ours === theirs) return undefined;
  const both = `Warning: this is kdrama ${ours}, the daemon is ${theirs}.`;
  if (isOlder(ours, theirs)) return `${both} Update this one.`;
  return isOurs ? `${both} "kdrama restart" renews it; what it does goes on.` : both;
}

/** Pure: by the numbers of semantic versions. */
export function isOlder(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  const differing = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return differing !== undefined && (a?.[differing] ?? 0) < (b?.[differing] ?? 0);
}
