import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { episodeClip, makeClip, type Clip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { seePicturesMove } from './support/screen.js';

const minute = 60_000;
const short: Clip = { ...episodeClip, seconds: 8, size: '640x360', subtitles: [] };

describeInBrowser('the library', { timeout: 2 * minute }, () => {
  let daemon: TestDaemon;
  let browser: Browser;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    page = await browser.newPage();
    errors = consoleErrors(page);
    await page.goto(daemon.signInCode().url);
  });
  afterAll(async () => {
    await browser.close();
    await daemon.close();
  });

  test('shows an episode that arrives while it is empty, without being asked', async () => {
    await page.getByText('kdrama upload episode1.mp4').waitFor();
    await uploadFile(daemon, await makeClip(short), 'Harbour.S01E02.mkv');
    await page.getByRole('heading', { name: 'Harbour' }).waitFor();
    await page.getByText('Season 1 · Episode 2').waitFor();
  });

  test('follows it until it is ready: its picture comes, its progress goes', async () => {
    const card = page.locator('.card');
    await card.locator('img').waitFor();
    await card.locator('.card-state:empty').waitFor({ state: 'attached' });
    await card.locator('.card-made').waitFor({ state: 'hidden' });
    expect(await card.textContent()).toContain('8 s');
  });

  test('asks nothing more once everything is ready', async () => {
    let requests = 0;
    const count = () => (requests += 1);
    page.on('request', count);
    await page.waitForTimeout(5_000);
    page.off('request', count);
    expect(requests).toBe(0);
  });

  test('never takes a name for HTML', async () => {
    const name = '<img src=x onerror=document.title="taken"> E03';
    const clip = await makeClip({ ...short, seconds: 6 });
    await uploadFile(daemon, clip, `${name}.mkv`);
    await page.reload();
    await page
      .getByRole('heading', { name: '<img src=x onerror=document.title="taken">' })
      .waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('kdrama');
  });

  test('leads to a page that starts by itself as soon as the episode can be played', async () => {
    const clip = await makeClip({ ...short, seconds: 7 });
    const watching = await browser.newPage();
    await watching.goto(daemon.signInCode().url);
    const videoId = await uploadFile(daemon, clip, 'Harbour.S01E04.mkv');
    await watching.goto(`${daemon.url}/#/watch/${videoId}`);
    await seePicturesMove(watching);
    await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
    await watching.locator('.title-state:empty').waitFor({ state: 'attached' });
  });

  test('says what it does not have', async () => {
    await page.goto(`${daemon.url}/#/watch/nothing-here`);
    await page.getByRole('heading', { name: 'Video not found' }).waitFor();
    expect(errors.splice(0)).toEqual([expect.stringContaining('404')]);
    await page.getByRole('link', { name: 'kdrama' }).click();
    await page.getByRole('heading', { name: 'Harbour' }).waitFor();
    expect(errors).toEqual([]);
  });
});
