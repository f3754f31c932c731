import type { VideoView } from '../../shared/contract/index.js';
import { element, setText } from '../element.js';
import { formatLength } from '../format-time.js';
import { watchedFraction } from '../memory.js';
import { watchHash } from '../route.js';
import { episodeNames } from './episode-name.js';
import { progressBar } from './progress-bar.js';
import { videoState } from './video-state.js';

/** A link to one video: picture, names, length, how far it was watched and how far it is made. */
export class VideoCard {
  readonly element: HTMLAnchorElement;
  private readonly picture = element('div', { class: 'card-picture' });
  private readonly initial = element('span', { class: 'card-initial', 'aria-hidden': 'true' });
  private readonly length = element('span', { class: 'card-length' });
  private readonly watched = progressBar('card-watched', 'Watched');
  private readonly heading = element('span', { class: 'card-heading' });
  private readonly detail = element('span', { class: 'card-detail' });
  private readonly state = element('span', { class: 'card-state' });
  private readonly made = progressBar('card-made', 'Made');
  private poster: string | null = null;

  constructor(video: VideoView) {
    this.picture.append(this.initial, this.length, this.watched.element);
    this.element = element(
      'a',
      { class: 'card', href: watchHash(video.id) },
      this.picture,
      this.heading,
      this.detail,
      this.state,
      this.made.element,
    );
    this.update(video);
  }

  update(video: VideoView): void {
    const { heading, detail } = episodeNames(video);
    setText(this.heading, heading);
    setText(this.detail, detail);
    setText(this.initial, video.episodeKnown ? String(video.episode) : heading.slice(0, 1));
    setText(this.length, video.duration > 0 ? formatLength(video.duration) : '');
    this.watched.show(watchedFraction(video));
    this.showState(video);
    this.showPoster(video.poster);
  }

  private showState(video: VideoView): void {
    const { sentence, progress, tone } = videoState(video);
    setText(this.state, sentence);
    this.state.dataset['tone'] = tone;
    this.made.show(progress === null ? null : progress / 100);
  }

  private showPoster(poster: string | null): void {
    if (poster === null || poster === this.poster) return;
    this.poster = poster;
    const image = element('img', { src: poster, alt: '', loading: 'lazy', decoding: 'async' });
    image.addEventListener('load', () => this.picture.classList.add('has-poster'));
    image.addEventListener('error', () => image.remove());
    this.picture.prepend(image);
  }
}
