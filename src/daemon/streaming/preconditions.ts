/** Conditional requests, RFC 9110 §13. Entity tags here are strong, quotes included. */

/** True when the client holds these very bytes: weak comparison, as If-None-Match wants it. */
export function isNotModified(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => tag.replace(/^W\//, '') === etag);
}

/**
 * True when `Range` counts. If-Range demands the strong comparison; nothing here has a
 * Last-Modified, so a date never matches and the whole is sent.
 */
export function rangeApplies(ifRange: string | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange.trim() === etag;
}
