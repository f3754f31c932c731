import type { Scope } from '../scopes.js';
import type { Operation, Tag } from './operation.js';

/** Who people are and how they get in is nothing for a key that lies in some script. */
const peopleTags: readonly Tag[] = ['users', 'tokens', 'devices'];

const scopeOfTag: Partial<Record<Tag, Scope>> = {
  upload: 'upload',
  tus: 'upload',
  jobs: 'jobs',
  transcode: 'jobs',
  events: 'jobs',
  webhooks: 'jobs',
  stream: 'watch',
  videos: 'watch',
};

/**
 * Which scopes of an API key open an operation; `never`: no key does, whatever its role. A key that
 * is not limited to scopes opens all others.
 */
export function scopesOf(
  operation: Pick<Operation, 'tag' | 'method' | 'scopes' | 'noKeys'>,
): readonly Scope[] | 'never' {
  if (operation.noKeys === true || peopleTags.includes(operation.tag)) return 'never';
  const ofTag = scopeOfTag[operation.tag];
  // Who watches removes nothing.
  const isMore = ofTag === 'watch' && operation.method !== 'GET';
  return operation.scopes ?? (ofTag === undefined || isMore ? [] : [ofTag]);
}
