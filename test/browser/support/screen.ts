import type { Page } from 'playwright-core';

/** How long a busy machine may take to make a segment that is waited for. */
const patienceMs = 60_000;

/** The video element's state, read at once. */
export function playback(page: Page) {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    if (video === null) throw new Error('there is no video on this page');
    const { currentTime, duration, paused, muted, volume, videoHeight } = video;
    return { currentTime, duration, paused, muted, volume, videoHeight };
  });
}

/** Answers when a second and a half more of the video was seen, from wherever it is now. */
export async function seePicturesMove(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const video = document.querySelector('video');
      if (video === null || video.seeking || video.readyState < 3) return false;
      const from = Number((video.dataset['from'] ??= String(video.currentTime)));
      if (video.currentTime < from) video.dataset['from'] = String(video.currentTime);
      return video.currentTime > from + 1.5;
    },
    undefined,
    { timeout: patienceMs },
  );
  await page.evaluate(() => delete document.querySelector('video')?.dataset['from']);
}

/** Answers when the video has come to this second. */
export async function seeTime(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.querySelector('video')?.currentTime ?? 0) >= wanted,
    seconds,
    { timeout: patienceMs },
  );
}

/** Moves the seek bar's handle as a person does: it is dragged, then let go. */
export async function seekTo(page: Page, fraction: number): Promise<void> {
  await page.mouse.move(640, 300);
  const box = await page.locator('.seek-line').boundingBox();
  if (box === null) throw new Error('the seek bar is not seen');
  await page.mouse.click(box.x + box.width * fraction, box.y + box.height / 2);
}

export async function seeHeight(page: Page, height: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('video')?.videoHeight === wanted,
    height,
    { timeout: patienceMs },
  );
}

/** Opens a menu of the player and chooses an item by the words it begins with. */
export async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.mouse.move(600, 300);
  await page.mouse.move(640, 320);
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${item}`) }).click();
}

/** The text of the subtitles on the screen. */
export function shownSubtitles(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelector('video')?.textTracks ?? [])
      .filter(({ mode }) => mode === 'showing')
      .flatMap(({ activeCues }) => Array.from(activeCues ?? []))
      .map((cue) => (cue as VTTCue).text),
  );
}

export async function seeSubtitle(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      Array.from(document.querySelector('video')?.textTracks ?? []).some(
        ({ mode, activeCues }) =>
          mode === 'showing' &&
          Array.from(activeCues ?? []).some((cue) => (cue as VTTCue).text.startsWith(wanted)),
      ),
    text,
    { timeout: patienceMs },
  );
}

/** Answers when the strongest tone that is heard is near `hertz`. Only once a page may listen. */
export async function hearTone(page: Page, hertz: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const heard = globalThis as { analyser?: AnalyserNode };
      const listen = () => {
        const context = new AudioContext();
        const analyser = new AnalyserNode(context, { fftSize: 8192 });
        const video = document.querySelector('video');
        if (video === null) throw new Error('there is no video on this page');
        context.createMediaElementSource(video).connect(analyser).connect(context.destination);
        return analyser;
      };
      const analyser = (heard.analyser ??= listen());
      const levels = new Uint8Array(analyser.frequencyBinCount);
      analyser.getByteFrequencyData(levels);
      const loudest = levels.indexOf(Math.max(...levels));
      const tone = (loudest * analyser.context.sampleRate) / analyser.fftSize;
      return Math.abs(tone - wanted) < 20;
    },
    hertz,
    { timeout: patienceMs, polling: 200 },
  );
}
