import type { PlaybackState, TrackName } from '../player/playback.js';
import { languageName } from './language-name.js';
import type { MenuItem } from './menu.js';

/** Automatic first, saying what it chose; nothing where there is only one quality. */
export function qualityItems(state: PlaybackState): MenuItem[] {
  const { qualities, quality, shownQuality } = state;
  if (qualities.length < 2) return [];
  const shown = shownQuality === null ? undefined : qualities[shownQuality];
  const automatic = { label: 'Auto', chosen: quality === null };
  return [
    quality === null && shown !== undefined ? { ...automatic, detail: shown } : automatic,
    ...qualities.map((label, index) => ({ label, chosen: quality === index })),
  ];
}

/** Nothing where there is nothing to choose between. */
export function audioItems({ audioTracks, audio }: PlaybackState): MenuItem[] {
  if (audioTracks.length < 2) return [];
  return audioTracks.map((track, index) => trackItem(track, index === audio));
}

/** `Off` first; nothing where there are no subtitles. */
export function subtitleItems({ subtitleTracks, subtitle }: PlaybackState): MenuItem[] {
  if (subtitleTracks.length === 0) return [];
  const items = subtitleTracks.map((track, index) => trackItem(track, index === subtitle));
  return [{ label: 'Off', chosen: subtitle === null }, ...items];
}

/** The language is said only where the track's own name does not say it already. */
function trackItem({ label, language }: TrackName, chosen: boolean): MenuItem {
  const name = languageName(language);
  const isSaid = name === '' || label.toLowerCase().includes(name.toLowerCase());
  return isSaid ? { label, chosen } : { label, detail: name, chosen };
}
