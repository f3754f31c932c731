import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon } from '../support/daemon.js';
import { ffmpeg } from '../support/worker-bench.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { hearTone, seekTo, seePicturesMove } from './support/screen.js';

const seconds = 40;

describeInBrowser('an episode in 5.1', { timeout: 180_000 }, () => {
  let browser: Browser;
  let directory: string;
  let clip: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kdrama-surround-'));
    clip = join(directory, 'clip.mkv');
    const tone = '0.3*sin(2*PI*440*t)';
    const sound = `aevalsrc='0|0|${tone}|0|0|0':c=5.1:s=48000:d=${seconds}`;
    await ffmpeg(
      ...['-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=24:d=${seconds}`, '-f', 'lavfi', '-i', sound],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '48'],
      ...['-c:a', 'ac3', '-b:a', '448k', clip],
    );
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true, force: true });
  });

  test.each([
    ['in stereo from two speakers', 'aac', 2, '/audio-0/'],
    ['in 5.1 from six', 'aac', 6, '/audio-0-surround/'],
    ['in stereo where the browser does not know AC-3', 'copy', 6, '/audio-0/'],
  ])('is heard %s', async (_, surround, speakers, wanted) => {
    const daemon = await startTestDaemon({ env: { KDRAMA_SURROUND: surround } });
    const videoId = await uploadFile(daemon, clip, 'Rain.S01E01.mkv');
    await waitForVideo(daemon, videoId, ({ playable }) => playable);
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    await context.addInitScript(
      (count) =>
        Object.defineProperty(AudioDestinationNode.prototype, 'maxChannelCount', { value: count }),
      speakers,
    );
    const page = await context.newPage();
    const errors = consoleErrors(page);
    const heard = new Set<string>();
    page.on('request', (request) => {
      const folder = /\/audio-[^/]+\//.exec(request.url())?.[0];
      if (folder !== undefined) heard.add(folder);
    });
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').click();
    await seePicturesMove(page);
    await hearTone(page, 440);
    await seekTo(page, 0.7);
    await seePicturesMove(page);
    await hearTone(page, 440);
    await page.mouse.move(640, 320);
    await page.getByRole('button', { name: 'Quality' }).click();
    const qualities = await page.getByRole('menuitemradio').allTextContents();
    expect(qualities.map((quality) => quality.slice(0, 4))).toEqual(['Auto', '720p', '360p']);
    expect([...heard]).toEqual([wanted]);
    expect(errors).toEqual([]);
    await context.close();
    await daemon.close();
  });
});
