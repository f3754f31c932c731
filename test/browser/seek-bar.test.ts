import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addChapters } from '../support/chaptered-clip.js';
import { episodeClip, makeClip, type Clip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { choose, playback, seePicturesMove } from './support/screen.js';

const minute = 60_000;
const clip: Clip = { ...episodeClip, seconds: 36, size: '1280x720' };

describeInBrowser('the line of time', { timeout: minute }, () => {
  let daemon: TestDaemon;
  let browser: Browser;
  let page: Page;
  let directory: string;
  let errors: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kdrama-seek-bar-'));
    const file = join(directory, 'Rain.S01E01.mkv');
    await addChapters(await makeClip(clip), file, [
      { start: 0, end: 12, title: 'Opening' },
      { start: 12, end: 30, title: '<i>본편</i>' },
      { start: 30, end: 36, title: 'Ending' },
    ]);
    [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    const videoId = await uploadFile(daemon, file, 'Rain.S01E01.mkv');
    await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
  }, 2 * minute);
  afterAll(async () => {
    await browser.close();
    await daemon.close();
    await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').waitFor();
    errors = consoleErrors(page);
    await page.locator('.card').click();
    await seePicturesMove(page);
  });
  afterEach(async () => {
    expect(errors).toEqual([]);
    await page.close();
  });

  const lineBox = async () => {
    const found = await page.locator('.seek-line').boundingBox();
    if (found === null) throw new Error('the seek bar is not seen');
    return found;
  };

  async function pointAt(fraction: number): Promise<void> {
    const { x, y, width, height } = await lineBox();
    await page.mouse.move(x + width * fraction, y + height / 2, { steps: 4 });
  }

  /** Where on its sheet the picture above the line is; null: there is none. */
  async function shownTile() {
    const picture = page.locator('.seek-picture');
    await picture.waitFor();
    return picture.evaluate((span) => {
      const { backgroundPosition, width, height } = getComputedStyle(span);
      return [backgroundPosition, width, height];
    });
  }

  test('shows a picture, the chapter and the time of where the pointer is', async () => {
    const sheet = page.waitForResponse(/\/storyboard\/[0-9a-f]+\/0\.jpg$/);
    await pointAt(0.55);
    // 19.8 s: the fourth picture of every 6 s.
    expect(await shownTile()).toEqual(['-768px 0px', '256px', '144px']);
    expect((await sheet).status()).toBe(200);
    const hint = page.locator('.seek-hint');
    expect(await hint.locator('.seek-time').textContent()).toBe('0:19');
    expect(await hint.locator('.seek-chapter').textContent()).toBe('<i>본편</i>');
    await pointAt(0.05);
    expect(await shownTile()).toEqual(['0px 0px', '256px', '144px']);
    await page.mouse.move(640, 300);
    await hint.waitFor({ state: 'hidden' });
  });

  test('does so while the handle is dragged, and seeks when it is let go', async () => {
    await pointAt(0.2);
    await page.mouse.down();
    await pointAt(0.9);
    expect(await shownTile()).toEqual(['0px -144px', '256px', '144px']);
    expect((await playback(page)).currentTime).toBeLessThan(20);
    await page.mouse.up();
    expect((await playback(page)).currentTime).toBeGreaterThan(30);
    await page.locator('.seek-hint').waitFor({ state: 'hidden' });
  });

  test('keeps its picture inside the window at both ends, on a phone too', async () => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 720 });
      for (const fraction of [0.01, 0.99]) {
        await pointAt(fraction);
        await shownTile();
        const box = await page.locator('.seek-hint').boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width, `${width} ${fraction}`).toBe(true);
      }
    }
  });

  test('leaves room on a phone for every button beside the list of chapters', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.mouse.move(200, 300);
    for (const name of ['Chapters', 'Sound', 'Subtitles', 'Quality', 'Full screen']) {
      const box = await page.getByRole('button', { name }).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 390, name).toBe(true);
    }
    const label = page.getByRole('button', { name: 'Quality' });
    const { lines, isCut } = await label.evaluate((button) => {
      const range = document.createRange();
      range.selectNodeContents(button);
      return {
        lines: range.getClientRects().length,
        isCut: button.scrollWidth > button.clientWidth,
      };
    });
    expect({ lines, isCut }).toEqual({ lines: 1, isCut: false });
  });

  test('is cut where chapters begin, and says the chapter to who cannot see it', async () => {
    const marks = page.locator('.seek-mark');
    expect(await marks.count()).toBe(2);
    const slider = page.getByRole('slider', { name: 'Seek' });
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^0:0\d of 0:36, Opening$/);
  });

  test('is jumped along by the list of chapters', async () => {
    await choose(page, 'Chapters', 'Ending');
    expect((await playback(page)).currentTime).toBeCloseTo(30, 0);
    await page.waitForFunction(() =>
      document.querySelector('.seek-range')?.getAttribute('aria-valuetext')?.endsWith('Ending'),
    );
    await page.getByRole('button', { name: 'Chapters' }).click();
    const chosen = page.getByRole('menuitemradio', { checked: true });
    expect(await chosen.textContent()).toBe('Ending0:30');
  });
});
