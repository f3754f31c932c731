import type { ChapterView } from '../../shared/contract/index.js';
import { formatTime } from '../format-time.js';
import { chapterAt } from './chapters.js';
import { icon } from './icon.js';
import { Menu } from './menu.js';

export interface ChapterMenu {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  show(chapters: readonly ChapterView[]): void;
}

/** Jumps to where a chapter begins; not there where the file names none. */
export function chapterMenu(video: HTMLVideoElement): ChapterMenu {
  let chapters: readonly ChapterView[] = [];
  let current = -1;
  const menu = new Menu('Chapters', icon('chapters'), (index) => {
    const chapter = chapters[index];
    if (chapter !== undefined) video.currentTime = chapter.start;
  });

  function draw(): void {
    menu.show(
      chapters.map(({ title, start }, index) => ({
        label: title,
        detail: formatTime(start),
        chosen: index === current,
      })),
    );
  }

  function follow(): void {
    const now = chapterAt(chapters, video.currentTime);
    if (now === current) return;
    current = now;
    draw();
  }

  for (const event of ['timeupdate', 'seeking']) video.addEventListener(event, follow);
  return {
    element: menu.element,
    get isOpen() {
      return menu.isOpen;
    },
    show(shown) {
      chapters = shown;
      current = chapterAt(chapters, video.currentTime);
      draw();
    },
  };
}
