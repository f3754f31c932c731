import type { TrackName } from './player/playback.js';

/** What this browser remembers. Losing it costs a person nothing but a click. */
interface Position {
  readonly seconds: number;
  readonly duration: number;
}

/** The tracks chosen for a series; `null` is "no subtitles", absent is "never chosen". */
export interface TrackChoices {
  readonly audio?: TrackName;
  readonly subtitle?: TrackName | null;
}

export interface Loudness {
  readonly volume: number;
  readonly muted: boolean;
}

/** Below this an episode has not really begun, above that only the credits are left. */
const begunSeconds = 5;
const finishedFraction = 0.95;

/** Where to go on, in seconds: 0 for an episode that was not begun or was finished. */
export function resumeSeconds({ seconds, duration }: Position): number {
  return seconds < begunSeconds || seconds > duration * finishedFraction ? 0 : seconds;
}

export function rememberPosition(videoId: string, position: Position): void {
  write(`position.${videoId}`, position);
}

export function rememberedStart(videoId: string): number {
  const position = read(`position.${videoId}`) as Position | undefined;
  return position === undefined ? 0 : resumeSeconds(position);
}

/** How much of it was seen, 0 to 1; null when it was not begun. */
export function watchedFraction({ id }: { readonly id: string }): number | null {
  const position = read(`position.${id}`) as Position | undefined;
  if (position === undefined || position.seconds < begunSeconds) return null;
  const fraction = position.seconds / position.duration;
  return fraction > finishedFraction ? 1 : fraction;
}

/** The same for all episodes of a series; a video without one has its own. */
export function choicesKey(video: { readonly id: string; readonly series: string }): string {
  return video.series === '' ? `tracks.video.${video.id}` : `tracks.series.${video.series}`;
}

export function readChoices(key: string): TrackChoices {
  return (read(key) as TrackChoices | undefined) ?? {};
}

export function rememberChoices(key: string, choices: TrackChoices): void {
  write(key, { ...readChoices(key), ...choices });
}

export function readLoudness(): Loudness {
  return (read('loudness') as Loudness | undefined) ?? { volume: 1, muted: false };
}

export function rememberLoudness(loudness: Loudness): void {
  write('loudness', loudness);
}

function read(key: string): unknown {
  try {
    const text = localStorage.getItem(`kdrama.${key}`);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    // Storage may be forbidden (private windows) or hold another version's words.
    return undefined;
  }
}

function write(key: string, value: object): void {
  try {
    localStorage.setItem(`kdrama.${key}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: watching goes on without a memory.
  }
}
