import type { VideoView } from '../../shared/contract/index.js';

type Named = Pick<
  VideoView,
  'title' | 'series' | 'season' | 'episode' | 'episodeKnown' | 'filename'
>;

/** `Season 1 · Episode 3`, as far as it is known; `""` when nothing is. */
export function episodeNumber({ season, episode, episodeKnown }: Named): string {
  const parts = [
    ...(season === null ? [] : [season === 0 ? 'Specials' : `Season ${season}`]),
    ...(episodeKnown ? [`Episode ${episode}`] : []),
  ];
  return parts.join(' · ');
}

/** What a card under its series' heading says: a title of its own comes before the number. */
export function episodeNames(video: Named): { heading: string; detail: string } {
  const number = episodeNumber(video);
  const title = ownTitle(video, number);
  if (title !== '') return { heading: title, detail: number };
  return { heading: number || video.series || video.filename, detail: '' };
}

/** A title read from a file's name begins with series and number: `Rain S01E01 The Last Bus`. */
function ownTitle({ title, series }: Named, number: string): string {
  const rest = title.startsWith(series) ? title.slice(series.length) : title;
  if (rest === '' || (number !== '' && onlyNumber.test(rest))) return '';
  const isRead = series !== '' && rest !== title;
  return (isRead ? numberAndTitle.exec(rest)?.groups?.['title'] : undefined) ?? title;
}

const numberAndTitle = /^ (?:S\d+|(?:S\d+)?E\d+(?:-E\d+)?) (?<title>.+)$/;
const onlyNumber = /^(?:special|s(?:eason)?|e(?:p(?:isode)?)?|시즌|제|화|회|[\d\s._-])+$/i;

/** The whole name in one line, for the player and the window's title. */
export function fullName(video: Named): { heading: string; detail: string } {
  const { heading, detail } = episodeNames(video);
  if (video.series === '') return { heading, detail };
  const rest = [heading, detail].filter((part) => part !== '' && part !== video.series);
  return { heading: video.series, detail: rest.join(' · ') };
}
