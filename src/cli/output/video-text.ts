import type { VideoView } from '../../shared/contract/index.js';
import { formatBytes, formatDuration } from './amounts.js';
import { episodeNumber } from './episode-words.js';
import { safeText } from './safe-text.js';

/** What an episode is and what it was made from, for a person; what is not known is left out. */
export function videoLines(video: VideoView): string[] {
  // A daemon of before this could be says nothing of it.
  const isSourceGone = 'sourceKept' in video && !video.sourceKept;
  const facts: [string, string][] = [
    ['Series', safeText(video.series)],
    ['Episode', episodeNumber(video)],
    ['About', safeText(video.description)],
    ['File', safeText(video.filename)],
    ['Size', formatBytes(video.sizeBytes)],
    ['Length', video.duration > 0 ? formatDuration(video.duration) : ''],
    ['SHA-256', video.sha256],
    ['Source', isSourceGone ? 'not kept; what was made stands for it' : ''],
  ];
  return facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${`${name}:`.padEnd(10)}${value}`);
}
