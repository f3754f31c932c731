import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { episodeClip, makeClip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';
import { uploadFile, videoView, waitForVideo } from './support/library.js';
import {
  choose,
  hearTone,
  playback,
  seeHeight,
  seekTo,
  seePicturesMove,
  seeSubtitle,
  seeTime,
  shownSubtitles,
} from './support/screen.js';

const minute = 60_000;

describeInBrowser('watching an episode', { timeout: 3 * minute }, () => {
  let daemon: TestDaemon;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let videoId: string;
  let errors: string[];

  beforeAll(async () => {
    const clip = await makeClip(episodeClip);
    [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    videoId = await uploadFile(daemon, clip, 'Rain.S01E01.mkv');
    await waitForVideo(daemon, videoId, ({ playable }) => playable);
  }, 2 * minute);
  afterAll(async () => {
    await browser.close();
    await daemon.close();
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    page = await context.newPage();
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').waitFor();
    errors = consoleErrors(page);
    await page.locator('.card').click();
    await seePicturesMove(page);
  });
  afterEach(async () => {
    expect(errors).toEqual([]);
    await context.close();
  });

  test('plays, and is seeked to its end, while it is still being made', async () => {
    expect((await videoView(daemon, videoId)).status).toBe('processing');
    await seekTo(page, 0.9);
    await seePicturesMove(page);
    const { currentTime, duration } = await playback(page);
    expect(currentTime).toBeGreaterThan(0.9 * duration - 1);
    expect(duration).toBeCloseTo(episodeClip.seconds, 0);
  });

  test('shows the quality that is chosen, made on demand where it is not there', async () => {
    await choose(page, 'Quality', '360p');
    await seeHeight(page, 360);
    await seekTo(page, 0.8);
    await seePicturesMove(page);
    expect((await playback(page)).videoHeight).toBe(360);
    await choose(page, 'Quality', '1080p');
    await seeHeight(page, 1080);
    await seePicturesMove(page);
  });

  test('changes its sound to the track that is chosen', async () => {
    await choose(page, 'Sound', 'Korean');
    await hearTone(page, 330);
    await choose(page, 'Sound', 'English');
    await hearTone(page, 660);
    await seePicturesMove(page);
  });

  test('shows the subtitles that are chosen, and none when they are off', async () => {
    expect(await shownSubtitles(page)).toEqual([]);
    await choose(page, 'Subtitles', 'Korean');
    await seekTo(page, 0.01);
    await seeSubtitle(page, '안녕하세요');
    await choose(page, 'Subtitles', 'English');
    await seekTo(page, 0.01);
    await seeSubtitle(page, 'Hello');
    await choose(page, 'Subtitles', 'Off');
    await seePicturesMove(page);
    expect(await shownSubtitles(page)).toEqual([]);
  });

  test('is played from the keyboard', async () => {
    await page.keyboard.press('Space');
    const stopped = await playback(page);
    expect(stopped.paused).toBe(true);
    await page.keyboard.press('ArrowRight');
    expect((await playback(page)).currentTime).toBeCloseTo(stopped.currentTime + 5, 1);
    await page.keyboard.press('ArrowLeft');
    expect((await playback(page)).currentTime).toBeCloseTo(stopped.currentTime, 1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    expect(await playback(page)).toMatchObject({ volume: 0.9, muted: true });
    await page.keyboard.press('c');
    await page.waitForFunction(() =>
      Array.from(document.querySelector('video')?.textTracks ?? []).some(
        ({ mode }) => mode === 'showing',
      ),
    );
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement !== null);
    await page.keyboard.press('f');
    await page.keyboard.press('k');
    await seePicturesMove(page);
  });

  test('goes on where it was left, with the tracks chosen for its series', async () => {
    await choose(page, 'Sound', 'English');
    await choose(page, 'Subtitles', 'English');
    await seekTo(page, 0.5);
    await seePicturesMove(page);
    await page.getByRole('link', { name: 'Library' }).click();
    await page.locator('.card .card-watched').waitFor();
    await page.locator('.card').click();
    await seePicturesMove(page);
    expect((await playback(page)).currentTime).toBeGreaterThan(0.5 * episodeClip.seconds - 1);
    await seekTo(page, 0.501);
    await seeSubtitle(page, 'Hello');
    await page.getByRole('button', { name: 'Sound' }).click();
    const chosen = page.getByRole('menuitemradio', { checked: true });
    expect(await chosen.textContent()).toBe('English');
  });

  test('waits for a segment that takes its time, without a complaint or a worse picture', async () => {
    await page.getByRole('link', { name: 'Library' }).click();
    // The player has gone, and with it what it writes down when it goes.
    await page.locator('.card').waitFor();
    await rememberPosition(44);
    const segment = await holdSegment(/\/1080p\/v\d+\/8\.m4s$/);
    const lesser: string[] = [];
    page.on('request', (request) => {
      if (/\/(720|360)p\/.*\.m4s$/.test(request.url())) lesser.push(request.url());
    });
    await page.locator('.card').click();
    await seeTime(page, 47.5);
    await page.locator('.wheel').waitFor();
    setTimeout(segment.release, 6_000);
    await seeTime(page, 49);
    await page.locator('.notice').waitFor({ state: 'hidden' });
    expect(segment.asked()).toBe(2);
    // A slow encoder is no slow network: automatic quality stays what it was.
    expect(lesser).toEqual([]);
  });

  function rememberPosition(seconds: number): Promise<void> {
    const position = JSON.stringify({ seconds, duration: episodeClip.seconds });
    const item = [`kdrama.position.${videoId}`, position] as const;
    return page.evaluate(([key, value]) => localStorage.setItem(key, value), item);
  }

  /** As the daemon answers for a segment in the making: first 503, then only when it is released. */
  async function holdSegment(url: RegExp) {
    let asked = 0;
    let release = () => {};
    const made = new Promise<void>((resolve) => (release = resolve));
    await page.route(url, async (route) => {
      asked += 1;
      if (asked === 1) return route.fulfill({ status: 503, headers: { 'retry-after': '1' } });
      await made;
      return route.continue();
    });
    return { asked: () => asked, release };
  }

  // What is buffered is not asked for again: choosing a quality empties the buffer.
  test('says in words that a part cannot be had, and plays on when it can', async () => {
    await page.route(/\/8\.m4s$/, (route) => route.fulfill({ status: 404 }));
    await choose(page, 'Quality', '1080p');
    await seekTo(page, 0.85);
    await page.getByText('This part could not be loaded.').waitFor();
    await page.unroute(/\/8\.m4s$/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await seePicturesMove(page);
    expect((await playback(page)).currentTime).toBeGreaterThan(0.8 * episodeClip.seconds);
    // Chromium writes a line for each refused request; that it was refused is what this is about.
    expect(errors.splice(0).every((line) => line.includes('404'))).toBe(true);
  });

  test('opens its playlist anew where what that names has gone since', async () => {
    await page.clock.install();
    await page.clock.fastForward('01:00');
    const opened: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/master.m3u8')) opened.push(request.url());
    });
    await page.route(/\/8\.m4s$/, (route) =>
      opened.length === 0 ? route.fulfill({ status: 404 }) : route.continue(),
    );
    await choose(page, 'Quality', '1080p');
    await seekTo(page, 0.85);
    await expect.poll(() => opened.length, { timeout: minute }).toBe(1);
    await seePicturesMove(page);
    expect((await playback(page)).currentTime).toBeGreaterThan(0.8 * episodeClip.seconds);
    expect(errors.splice(0).every((line) => line.includes('404'))).toBe(true);
  });

  test('fits a phone, whose menus are as wide as the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await choose(page, 'Subtitles', 'Off');
    const widths = await page.evaluate(() => [document.body.scrollWidth, innerWidth]);
    expect(widths[0]).toBe(widths[1]);
    for (const name of ['Sound', 'Subtitles', 'Quality', 'Full screen']) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
    }
  });
});
