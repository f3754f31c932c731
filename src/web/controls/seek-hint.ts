import { fetchText } from '../api.js';
import { element, setText } from '../element.js';
import { formatTime } from '../format-time.js';
import { readStoryboard, tileAt, type Tile } from './storyboard.js';

/** What is shown above a place of the line of time: a picture of then, the chapter's name, the time. */
export class SeekHint {
  readonly element: HTMLElement;
  private readonly picture = element('span', { class: 'seek-picture', hidden: true });
  private readonly chapter = element('span', { class: 'seek-chapter', hidden: true });
  private readonly time = element('span', { class: 'seek-time' });
  private storyboard: string | null = null;
  private tiles: readonly Tile[] | 'asked' | undefined;
  private seconds = 0;

  constructor() {
    // The slider says the same in words.
    this.element = element(
      'span',
      { class: 'seek-hint', hidden: true, 'aria-hidden': 'true' },
      ...[this.picture, this.chapter, this.time],
    );
  }

  /** The address of the WebVTT file that says where the pictures are; null: there are none. */
  useStoryboard(url: string | null): void {
    if (url === this.storyboard) return;
    this.storyboard = url;
    this.tiles = undefined;
  }

  /** `fraction` of the line's length. */
  show(seconds: number, fraction: number, chapter = ''): void {
    this.seconds = seconds;
    this.element.hidden = false;
    this.element.style.setProperty('--at', `${fraction * 100}%`);
    setText(this.time, formatTime(seconds));
    setText(this.chapter, chapter);
    this.chapter.hidden = chapter === '';
    this.showPicture();
    if (this.tiles === undefined && this.storyboard !== null) void this.load(this.storyboard);
  }

  hide(): void {
    this.element.hidden = true;
  }

  private showPicture(): void {
    const tile = Array.isArray(this.tiles) ? tileAt(this.tiles, this.seconds) : undefined;
    this.picture.hidden = tile === undefined;
    if (tile !== undefined) {
      const { style } = this.picture;
      style.width = `${tile.width}px`;
      style.height = `${tile.height}px`;
      style.backgroundImage = `url("${tile.sheetUrl}")`;
      style.backgroundPosition = `${-tile.x}px ${-tile.y}px`;
    }
    this.element.style.setProperty('--half', `${this.element.offsetWidth / 2}px`);
  }

  /** Only when somebody looks: most who watch an episode never do. */
  private async load(url: string): Promise<void> {
    this.tiles = 'asked';
    const text = await fetchText(url).catch(() => '');
    if (url !== this.storyboard) return;
    this.tiles = readStoryboard(text, new URL(url, location.href).href);
    this.showPicture();
  }
}
