/**
 * Pure: where the global target is, without what may be its secret: chat services put that into the
 * path (`https://hooks.example.com/…`).
 */
export function shownUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}
