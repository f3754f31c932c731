import type { JobView, VideoView } from '../../shared/contract/index.js';
import { formatPercent } from './amounts.js';
import { safeText } from './safe-text.js';

/** `ready`, `playable 41%`, `processing 3%`, `failed` …: what a person asks first. */
export function stateWords(view: Pick<JobView, 'status' | 'progress' | 'playable'>): string {
  if (view.status === 'completed') return 'ready';
  const word = view.playable && view.status === 'processing' ? 'playable' : view.status;
  const moves = view.status === 'processing' || view.status === 'paused';
  return moves ? `${word} ${formatPercent(view.progress)}` : word;
}

/** `S01E03`, `E03`, or nothing when it is not known. */
export function episodeNumber(
  video: Pick<VideoView, 'season' | 'episode' | 'episodeKnown'>,
): string {
  const season = video.season === null ? '' : `S${twoDigits(video.season)}`;
  return video.episodeKnown ? `${season}E${twoDigits(video.episode)}` : season;
}

/** `Goblin S01E16 “The end”`: how a person tells one video from another. */
export function episodeName(
  video: Pick<VideoView, 'series' | 'season' | 'episode' | 'episodeKnown' | 'title'>,
): string {
  const [series, title] = [safeText(video.series), safeText(video.title)];
  const number = episodeNumber(video);
  if (series === '' || series === title) return joined(title, number);
  const short = joined(series, number);
  // A title that was read from a file's name begins with both.
  const own = title.startsWith(short) ? title.slice(short.length).trim() : title;
  return joined(short, own && `“${own}”`);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/** Where a browser plays a video. */
export function watchAddress(serverUrl: string, videoId: string): string {
  return `${serverUrl}/#/watch/${videoId}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
