import type { VideoDetails } from '../../shared/contract/index.js';
import { masterPlaylistUrl } from '../api.js';
import { bufferedUntil } from '../controls/buffered.js';
import { chapterMenu } from '../controls/chapter-menu.js';
import { controlBar } from '../controls/control-bar.js';
import { toggleFullscreen } from '../controls/fullscreen.js';
import { playButton, togglePlay } from '../controls/play-button.js';
import { seekBar } from '../controls/seek-bar.js';
import { trackMenus } from '../controls/track-menus.js';
import { setVolume, toggleMuted } from '../controls/volume.js';
import { element } from '../element.js';
import { isAllThere, isComing } from '../library/video-state.js';
import { choicesKey, readChoices, rememberChoices, rememberedStart } from '../memory.js';
import { watchIdle, type Idle } from './idle.js';
import type { Command } from './key-command.js';
import { listenToKeys } from './keyboard.js';
import { notice } from './notice.js';
import { openPlayback } from './open-playback.js';
import type { Playback, PlaybackFailure, PlaybackState } from './playback.js';
import { keepPosition } from './position-keeper.js';
import { listenToPointer } from './pointer.js';
import { titleBar } from './title-bar.js';

/** What was opened longer ago than this may name what is no more: a copy that an encoded picture has replaced. */
const freshMs = 30_000;

/** Says in a sentence why playback ended, or shows another page instead (undefined). */
export type Explain = (failure: PlaybackFailure) => Promise<string | undefined>;

/** A video with kdrama's own controls, played from where it was left. */
export class Player {
  readonly element: HTMLElement;
  private readonly video = element('video', { playsinline: true, autoplay: true });
  private readonly notice = notice();
  private readonly title = titleBar();
  private readonly seek = seekBar(this.video);
  private readonly chapters = chapterMenu(this.video);
  private readonly ended = new AbortController();
  private readonly menus = trackMenus({
    selectQuality: (quality) => this.playback?.selectQuality(quality),
    selectAudio: (audio) => this.chooseAudio(audio),
    selectSubtitle: (subtitle) => this.chooseSubtitle(subtitle),
  });
  private readonly idle: Idle;
  private readonly savePosition: () => void;
  private playback: Playback | undefined;
  private state: PlaybackState | undefined;
  private failure: PlaybackFailure | undefined;
  private openedAt = -Infinity;
  private lastSubtitle = 0;

  constructor(
    private view: VideoDetails,
    private readonly explain: Explain,
  ) {
    const { video, seek, chapters, menus } = this;
    const { signal } = this.ended;
    this.element = element('div', { class: 'player' });
    this.element.append(
      video,
      this.notice.element,
      this.title.element,
      playButton(video, 'centre-play'),
      controlBar(this.element, video, seek.element, [chapters.element, ...menus.elements]),
    );
    const isPlayedOnly = () => !video.paused && !menus.isOpen && !chapters.isOpen;
    this.idle = watchIdle(this.element, isPlayedOnly, signal);
    this.savePosition = keepPosition(video, view.id, signal);
    listenToKeys((command) => this.run(command), signal);
    listenToPointer(this.element, video, this.idle);
    this.listenToVideo();
    this.update(view);
    this.start(rememberedStart(view.id));
  }

  /** What is known of the video now; while it is being made, that is shown. */
  update(view: VideoDetails): void {
    this.view = view;
    this.title.show(view);
    this.seek.show(view);
    this.chapters.show(view.chapters);
  }

  close(): void {
    this.savePosition();
    this.ended.abort();
    this.playback?.close();
  }

  private start(startSeconds: number): void {
    const choices = readChoices(choicesKey(this.view));
    this.failure = undefined;
    this.openedAt = performance.now();
    this.wait();
    this.playback?.close();
    this.playback = openPlayback(
      this.video,
      {
        url: masterPlaylistUrl(this.view.id),
        startSeconds,
        isComplete: () => isAllThere(this.view),
        audio: choices.audio,
        subtitle: choices.subtitle,
      },
      { changed: (state) => this.show(state), failed: (failure) => this.fail(failure) },
    );
    if (this.playback === undefined) {
      this.notice.showProblem('This browser cannot play HLS streams.', () => this.start(0));
    }
  }

  private show(state: PlaybackState): void {
    this.state = state;
    if (state.subtitle !== null) this.lastSubtitle = state.subtitle;
    this.menus.show(state);
  }

  /** What is buffered is still shown: why there is no more matters when there is no more. */
  private fail(failure: PlaybackFailure): void {
    this.failure = failure;
    if (this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) this.wait();
  }

  private wait(): void {
    const { buffered, currentTime } = this.video;
    const isBuffered = bufferedUntil(buffered, currentTime) > currentTime;
    if (this.failure !== undefined && !isBuffered) void this.showFailure(this.failure);
    else this.notice.showWaiting(isComing(this.view) ? 'This part is being made…' : '');
  }

  private async showFailure(failure: PlaybackFailure): Promise<void> {
    const { currentTime } = this.video;
    const isFresh = performance.now() - this.openedAt < freshMs;
    if (failure === 'network' && !isFresh) return this.start(currentTime);
    const sentence = await this.explain(failure);
    if (sentence === undefined || this.ended.signal.aborted) return;
    this.notice.showProblem(sentence, () => this.start(currentTime));
  }

  private listenToVideo(): void {
    const { video } = this;
    for (const event of ['waiting', 'seeking']) video.addEventListener(event, () => this.wait());
    for (const event of ['playing', 'canplay', 'seeked', 'loadeddata']) {
      video.addEventListener(event, () => this.notice.hide());
    }
    for (const event of ['pause', 'play']) {
      video.addEventListener(event, () => {
        this.element.classList.toggle('is-paused', video.paused);
        this.idle.wake();
      });
    }
  }

  private chooseAudio(audio: number): void {
    this.playback?.selectAudio(audio);
    const track = this.state?.audioTracks[audio];
    if (track !== undefined) rememberChoices(choicesKey(this.view), { audio: track });
  }

  private chooseSubtitle(subtitle: number | null): void {
    this.playback?.selectSubtitle(subtitle);
    const track = subtitle === null ? null : this.state?.subtitleTracks[subtitle];
    if (track !== undefined) rememberChoices(choicesKey(this.view), { subtitle: track });
  }

  private toggleSubtitles(): void {
    if (this.state === undefined || this.state.subtitleTracks.length === 0) return;
    this.chooseSubtitle(this.state.subtitle === null ? this.lastSubtitle : null);
  }

  private run(command: Command): void {
    const { video } = this;
    switch (command.do) {
      case 'toggle-play':
        return togglePlay(video);
      case 'toggle-fullscreen':
        return toggleFullscreen(this.element, video);
      case 'toggle-muted':
        return toggleMuted(video);
      case 'toggle-subtitles':
        return this.toggleSubtitles();
      case 'seek-by':
        video.currentTime = Math.min(
          Math.max(0, video.currentTime + command.seconds),
          video.duration,
        );
        return;
      case 'louder-by':
        return setVolume(video, (video.muted ? 0 : video.volume) + command.volume);
    }
  }
}
