import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type Hls from 'hls.js';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { rows, seconds } from '../integration/streaming/episode.js';
import { serveEpisode, type ServedEpisode } from '../support/served-episode.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';

const held = 3;
/** Seconds. */
const heldUntil = 8;
const script = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');

describeInBrowser('hls.js as it comes, on a page of somebody else', () => {
  let browser: Browser;
  let page: Page;
  let served: ServedEpisode;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    served = await serveEpisode(300);
    const source = await readFile(script, 'utf8');
    served.episode.app.get('/hls.js', (c) =>
      c.body(source, 200, { 'content-type': 'text/javascript' }),
    );
    served.episode.app.get('/', (c) =>
      c.html('<video muted></video><script src="/hls.js"></script>'),
    );
    const { url, episode } = served;
    const master = async () => (await episode.get(new URL(url).pathname)).text();
    await expect.poll(master).toContain('360p/v1/i-frames.m3u8');
    page = await browser.newPage();
    await page.goto(served.origin);
    await page.evaluate(open, url);
  });
  afterEach(async () => {
    await page.close();
    await served.close();
  });

  test('plays to the end, and does not take I-frames for a quality', async () => {
    const heights = await page.evaluate(() => window.player.levels.map(({ height }) => height));
    expect(heights.toSorted((a, b) => a - b)).toEqual([360, 720]);
    await playFrom(page, seconds - 0.7);
    await page.waitForFunction(() => document.querySelector('video')!.ended);
    expect(await page.evaluate(() => window.errors)).toEqual([]);
  });

  test('shows the I-frame of any place, and loads no more of a segment than that', async () => {
    const ranges: string[] = [];
    page.on('request', (request) => {
      const { range } = request.headers();
      if (request.url().endsWith('.m4s') && range) ranges.push(range);
    });
    await page.evaluate(() => {
      const winder = window.player.createIFramePlayer()!;
      const video = document.body.appendChild(document.createElement('video'));
      video.requestVideoFrameCallback((_, { width, mediaTime }) => {
        window.shown = [width, mediaTime];
      });
      // Asked before that, it forgets what it was asked for.
      winder.once(window.Hls.Events.MEDIA_ATTACHED, () => winder.loadMediaAt(7.5));
      winder.attachMedia(video);
    });
    // Looks at each frame of the page, so that there are some: nothing else moves in it.
    await page.waitForFunction(() => window.shown !== undefined, null, { polling: 'raf' });
    const shown = await page.evaluate(() => window.shown);
    expect(shown).toEqual([640, 6]);
    const { segments } = served.episode.store;
    const lengths = [rows.video, rows.higher].map(
      (row) => segments.find(row.id, held)?.iFrameBytes,
    );
    expect(lengths.map((length) => `bytes=0-${(length ?? 0) - 1}`)).toContain(ranges[0]);
    expect(ranges).toHaveLength(1);
  });

  test('waits for a segment that was refused twice, and then plays on over it', async () => {
    served.hold(held, (count, release) => count === 3 && release());
    await playFrom(page, 5.5);
    await page.waitForFunction(() => document.querySelector('video')!.currentTime > 6.2);
    const { errors, currentTime } = await page.evaluate(() => ({
      errors: window.errors,
      currentTime: document.querySelector('video')!.currentTime,
    }));
    expect(errors).toEqual([]);
    // In it, not behind it.
    expect(currentTime).toBeLessThan(heldUntil);
  });
});

declare global {
  interface Window {
    readonly Hls: typeof Hls;
    player: Hls;
    errors: string[];
    /** Width and time of the first picture of the I-frame player. */
    shown?: [width: number, seconds: number];
  }
}

async function open(url: string): Promise<void> {
  const video = document.querySelector('video')!;
  window.errors = [];
  window.player = new window.Hls({ maxBufferLength: 3, maxMaxBufferLength: 3 });
  window.player.on(window.Hls.Events.ERROR, (_, { fatal, details }) => {
    if (fatal) window.errors.push(details);
  });
  window.player.attachMedia(video);
  window.player.loadSource(url);
  await new Promise((done) => window.player.once(window.Hls.Events.MANIFEST_PARSED, done));
}

async function playFrom(page: Page, at: number): Promise<void> {
  await page.evaluate(async (time) => {
    const video = document.querySelector('video')!;
    video.currentTime = time;
    await video.play();
  }, at);
}
