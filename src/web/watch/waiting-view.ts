import type { VideoView } from '../../shared/contract/index.js';
import { element, setText } from '../element.js';
import { fullName } from '../library/episode-name.js';
import { progressBar } from '../library/progress-bar.js';
import { videoState } from '../library/video-state.js';
import { siteHeader } from '../site-header.js';

export interface WaitingView {
  readonly element: HTMLElement;
  /** `problem`: why it will never play by itself; undefined while it will. */
  show(video: VideoView, problem: string | undefined): void;
}

/** What is seen of a video before it can be played. */
export function waitingView(): WaitingView {
  const heading = element('h1', {});
  const detail = element('p', { class: 'quiet' });
  const state = element('p', { role: 'status' });
  const made = progressBar('waiting-made', 'Made');
  const message = element('section', { class: 'message' }, heading, detail, made.element, state);
  return {
    element: element('div', {}, siteHeader(), message),
    show(video, problem) {
      const names = fullName(video);
      setText(heading, names.heading);
      setText(detail, names.detail);
      const { sentence, progress } = videoState(video);
      setText(state, problem ?? `${sentence}. It plays as soon as its beginning is there.`);
      made.show(progress === null ? null : progress / 100);
    },
  };
}
