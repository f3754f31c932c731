import type { Browser, Page, Request, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { episodeClip, makeClip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { uploadFile, videoView, waitForVideo } from './support/library.js';
import { playback, seekTo, seePicturesMove } from './support/screen.js';

const minute = 60_000;
const clipSeconds = 180;

describeInBrowser('a seek to where nothing is made', { timeout: 3 * minute }, () => {
  let daemon: TestDaemon;
  let browser: Browser;
  let videoId: string;

  beforeAll(async () => {
    const videoOptions = ['-c:v', 'mpeg4', '-q:v', '4', '-g', '48'];
    const clip = await makeClip({ ...episodeClip, seconds: clipSeconds, videoOptions });
    [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    videoId = await uploadFile(daemon, clip, 'Rain.S01E06.mkv');
    await waitForVideo(daemon, videoId, ({ playable }) => playable);
  }, 2 * minute);
  afterAll(async () => {
    await browser.close();
    await daemon.close();
  });

  test('begins with the quality that is made first, and asks for the best when there is time', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').click();
    await seePicturesMove(page);
    const asked: string[] = [];
    const isBetter = (request: Request) => {
      const picture = /\/(\d+p)\/v\d+\/\d+\.m4s$/.exec(request.url())?.[1];
      if (picture !== undefined) asked.push(picture);
      return picture !== undefined && picture !== '360p';
    };
    const better = page.waitForRequest(isBetter, { timeout: minute });
    await seekTo(page, 0.5);
    await seePicturesMove(page);
    expect((await videoView(daemon, videoId)).status).toBe('processing');
    await better;
    // Two segments are not yet twelve seconds.
    expect(asked.slice(0, 2)).toEqual(['360p', '360p']);
    expect(asked.at(-1)).toBe('1080p');
    await page.close();
  });

  test('away from a better quality whose header is still awaited loads what is made first once', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const betterHeader = holdOne(page, /\/1080p\/v\d+\/init\.mp4$/);
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').click();
    const header = (await betterHeader).request();
    const headerBrokenOff = page.waitForEvent('requestfailed', (each) => each === header);
    const picture = holdOne(page, /\/\d+p\/v\d+\/\d+\.m4s$/);
    await seekTo(page, 0.4);
    const first = await picture;
    await headerBrokenOff;
    const brokenOff: Request[] = [];
    page.on('requestfailed', (request) => brokenOff.push(request));
    await first.continue();
    await seePicturesMove(page);
    expect(first.request().url()).toContain('/360p/');
    expect(brokenOff).not.toContain(first.request());
    await page.close();
  });

  test('is two, of viewers far apart, and both see pictures while most is unmade', async () => {
    const viewers = await Promise.all(
      [0.65, 0.9].map(async (place) => {
        const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
        await page.goto(daemon.signInCode().url);
        await page.locator('.card').click();
        await seePicturesMove(page);
        return { page, place };
      }),
    );
    await Promise.all(
      viewers.map(async ({ page, place }) => {
        await seekTo(page, place);
        await seePicturesMove(page);
        expect((await playback(page)).currentTime).toBeGreaterThan(clipSeconds * place);
      }),
    );
    expect((await videoView(daemon, videoId)).status).toBe('processing');
    await Promise.all(viewers.map(({ page }) => page.close()));
  });
});

describeInBrowser('an episode that is made on demand', { timeout: 3 * minute }, () => {
  test('plays, and is seeked, in the quality that is made first, though it is ready', async () => {
    const videoOptions = ['-c:v', 'mpeg4', '-q:v', '4', '-g', '48'];
    const clip = await makeClip({ ...episodeClip, seconds: 60, videoOptions });
    const [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    onTestFinished(async () => {
      await browser.close();
      await daemon.close();
    });
    const videoId = await uploadFile(daemon, clip, 'Rain.S01E07.mkv', { ladder: 'on-demand' });
    await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const asked: string[] = [];
    page.on('request', (request) => {
      asked.push(...(/\/(\d+p)\/v\d+\/\d+\.m4s$/.exec(request.url())?.slice(1) ?? []));
    });
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').click();
    await seePicturesMove(page);
    expect(asked[0]).toBe('360p');
    asked.length = 0;
    await seekTo(page, 0.8);
    await seePicturesMove(page);
    expect(asked[0]).toBe('360p');
  });
});

/** The next request for such an address, which is not answered until it is let go. */
function holdOne(page: Page, address: RegExp): Promise<Route> {
  return new Promise((resolve) => {
    void page.route(address, (route) => resolve(route), { times: 1 });
  });
}
