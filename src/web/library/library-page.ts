import type { VideoView } from '../../shared/contract/index.js';
import { fetchVideos } from '../api.js';
import { element } from '../element.js';
import type { Page } from '../page.js';
import { keepFresh } from '../refresh.js';
import { siteHeader } from '../site-header.js';
import { emptyLibrary } from './empty-library.js';
import { shelvesOf, type Shelf } from './shelves.js';
import { VideoCard } from './video-card.js';
import { isUnfinished } from './video-state.js';

/** All episodes, kept up to date while some are being made. `fail` is told what stops it. */
export function libraryPage(fail: (error: unknown) => void): Page {
  const shelves = element('div', { class: 'shelves' });
  const cards = new Map<string, VideoCard>();
  let arrangement: string | undefined;

  function show(videos: readonly VideoView[]): void {
    for (const video of videos) cardOf(video).update(video);
    const arranged = shelvesOf(videos);
    const next = JSON.stringify(arranged.map((shelf) => [shelf.series, shelf.videos.map(idOf)]));
    // Cards stay where they are (with focus and scroll) for as long as the order is the same.
    if (next === arrangement) return;
    arrangement = next;
    shelves.replaceChildren(
      ...(videos.length === 0 ? [emptyLibrary()] : arranged.map((shelf) => shelfElement(shelf))),
    );
  }

  function cardOf(video: VideoView): VideoCard {
    const card = cards.get(video.id) ?? new VideoCard(video);
    cards.set(video.id, card);
    return card;
  }

  function shelfElement({ series, videos }: Shelf): HTMLElement {
    const heading = element('h2', {}, series === '' ? 'Everything else' : series);
    const list = element('ul', { class: 'cards' });
    for (const video of videos) list.append(element('li', {}, cardOf(video).element));
    // Where nothing has a series, a heading over everything would say nothing.
    heading.hidden = series === '' && videos.length === cards.size;
    return element('section', { class: 'shelf' }, heading, list);
  }

  const close = keepFresh({
    load: fetchVideos,
    show(videos) {
      show(videos);
      // An empty library waits for its first episode.
      return videos.length === 0 || videos.some(isUnfinished);
    },
    fail(error) {
      fail(error);
      return false;
    },
  });
  return {
    title: 'kdrama',
    element: element('div', { class: 'library' }, siteHeader(), shelves),
    close,
  };
}

function idOf({ id }: VideoView): string {
  return id;
}
