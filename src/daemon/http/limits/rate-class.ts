import type { RateClass } from './rate-limits.js';

/** What carries media: players and uploads ask for many of these, one after the other. */
const media = [
  /^\/stream\/(?!:[^/]+\/metadata$)/,
  /^\/videos\/:[^/]+\/(poster|source|storyboard)/,
  /^\/upload\/chunk\//,
  /^\/tus\/:/,
];

/**
 * `routePath` is a route's pattern without the API's prefix. Health is not counted: what asks for it
 * must learn how the daemon is just when somebody else asks too much.
 */
export function rateClassOf(routePath: string | undefined): RateClass | 'uncounted' {
  if (routePath !== undefined && /^\/health(\/|$)/.test(routePath)) return 'uncounted';
  return media.some((pattern) => pattern.test(routePath ?? '')) ? 'bytes' : 'ordinary';
}
