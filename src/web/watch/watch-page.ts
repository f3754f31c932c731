import type { VideoDetails, VideoView } from '../../shared/contract/index.js';
import { fetchVideo } from '../api.js';
import { element } from '../element.js';
import { fullName } from '../library/episode-name.js';
import { isUnfinished } from '../library/video-state.js';
import type { Page } from '../page.js';
import type { PlaybackFailure } from '../player/playback.js';
import { Player } from '../player/player.js';
import { keepFresh } from '../refresh.js';
import { explainFailure, whyNotMade } from './explain.js';
import { waitingView } from './waiting-view.js';

/** Plays one video as soon as it can be played. `fail` is told what stops the page. */
export function watchPage(videoId: string, fail: (error: unknown) => void): Page {
  const frame = element('div', { class: 'watch' });
  const waiting = waitingView();
  let player: Player | undefined;

  async function explain(failure: PlaybackFailure): Promise<string | undefined> {
    try {
      return await explainFailure(videoId, failure);
    } catch (error) {
      fail(error);
      return undefined;
    }
  }

  function showWaiting(video: VideoView): void {
    waiting.show(video, isUnfinished(video) ? undefined : whyNotMade(video));
    frame.replaceChildren(waiting.element);
  }

  function play(video: VideoDetails): void {
    player = new Player(video, explain);
    frame.replaceChildren(player.element);
  }

  const stopAsking = keepFresh({
    load: () => fetchVideo(videoId),
    show(video) {
      document.title = windowTitle(video);
      if (player !== undefined) player.update(video);
      else if (video.playable) play(video);
      else showWaiting(video);
      return isUnfinished(video);
    },
    fail(error) {
      // What plays goes on playing; the player itself says when bytes stop coming.
      if (player === undefined) fail(error);
      return player !== undefined;
    },
  });
  return {
    title: 'kdrama',
    element: frame,
    close() {
      stopAsking();
      player?.close();
    },
  };
}

function windowTitle(video: VideoView): string {
  const { heading, detail } = fullName(video);
  return detail === '' ? heading : `${heading} · ${detail}`;
}
