import { rememberPosition } from '../memory.js';

const everySeconds = 5;

/** Remembers where the video is, every 5 s of it and whenever it stops. Returns "remember now". */
export function keepPosition(
  video: HTMLVideoElement,
  videoId: string,
  signal: AbortSignal,
): () => void {
  let saved: number | undefined;

  function save(): void {
    const { currentTime: seconds, duration, readyState } = video;
    // Before the first picture the time is 0 and would overwrite what was remembered.
    if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !Number.isFinite(duration)) return;
    saved = seconds;
    rememberPosition(videoId, { seconds, duration });
  }

  const saveNowAndThen = () => {
    saved ??= video.currentTime;
    if (Math.abs(video.currentTime - saved) >= everySeconds) save();
  };
  video.addEventListener('timeupdate', saveNowAndThen, { signal });
  for (const event of ['pause', 'seeked', 'ended']) video.addEventListener(event, save, { signal });
  window.addEventListener('pagehide', save, { signal });
  return save;
}
