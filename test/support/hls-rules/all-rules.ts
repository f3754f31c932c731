import { codecRules } from './codec-rules.js';
import type { FetchedEpisode } from './episode.js';
import { iFrameRules } from './i-frame-rules.js';
import { masterRules } from './master-rules.js';
import { mediaPlaylistRules } from './media-playlist-rules.js';
import { rateRules } from './rate-rules.js';
import { renditionRules } from './rendition-rules.js';
import type { Rule } from './rule.js';
import { segmentRules } from './segment-rules.js';
import { textRules } from './text-rules.js';

/** Every rule of HLS that a finished episode has to keep. */
export const hlsRules: readonly Rule[] = [
  ...masterRules,
  ...renditionRules,
  ...codecRules,
  ...rateRules,
  ...mediaPlaylistRules,
  ...segmentRules,
  ...textRules,
  ...iFrameRules,
];

/** What breaks a rule, by its name; an empty object where all hold. */
export function brokenRules(episode: FetchedEpisode): Record<string, string[]> {
  const checked = hlsRules.map(({ name, check }) => [name, check(episode)] as const);
  return Object.fromEntries(checked.filter(([, violations]) => violations.length > 0));
}
