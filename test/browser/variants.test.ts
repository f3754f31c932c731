import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClip, type Clip } from '../support/clips.js';
import { startTestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { choose, seeHeight, seekTo, seePicturesMove } from './support/screen.js';

const encoders = execFileSync('ffmpeg', ['-v', 'error', '-encoders'], { encoding: 'utf8' });
const has = (encoder: string) => encoders.includes(` ${encoder} `);

const episode: Clip = {
  ...{ seconds: 40, size: '848x480', framesPerSecond: 24, picture: 'testsrc2', subtitles: [] },
  videoOptions: [],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [{ language: 'kor', title: 'Korean' }],
};
const x265Params = 'log-level=error:keyint=48:min-keyint=48:scenecut=0:open-gop=0';
const hevc: Clip = {
  ...episode,
  videoOptions: [
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', x265Params],
    ...['-pix_fmt', 'yuv420p10le'],
  ],
};
const av1: Clip = {
  ...episode,
  videoOptions: ['-pix_fmt', 'yuv420p', '-c:v', 'libsvtav1', '-preset', '12', '-g', '48'],
};

/** The last folder but one of a playlist's or segment's address is the name of the rendition. */
const pictureName = /\/(\d+p(?:-\w+)?)\/v\d+\/\d+\.m4s/;

describeInBrowser('an episode that is offered as it is, too', { timeout: 180_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function watch(clip: Clip, until: 'playable' | 'complete', env = {}) {
    const path = await makeClip(clip);
    const daemon = await startTestDaemon({ env });
    const videoId = await uploadFile(daemon, path, 'Rain.S01E01.mkv');
    await waitForVideo(daemon, videoId, ({ playable, status }) =>
      until === 'playable' ? playable : status === 'completed',
    );
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const errors = consoleErrors(page);
    const fetched: string[] = [];
    page.on('request', (request) => {
      const name = pictureName.exec(request.url())?.[1];
      if (name !== undefined) fetched.push(name);
    });
    await page.goto(daemon.signInCode().url);
    await page.locator('.card').click();
    await seePicturesMove(page);
    const qualities = async () => {
      await page.mouse.move(640, 320);
      await page.getByRole('button', { name: 'Quality', exact: true }).click();
      const items = await page.getByRole('menuitemradio').allTextContents();
      await page.keyboard.press('Escape');
      return items.filter((item) => !item.startsWith('Auto')).toSorted();
    };
    const close = async () => {
      await page.close();
      await daemon.close();
    };
    return { page, errors, fetched, qualities, close };
  }

  test.skipIf(!has('libx265'))(
    'plays in H.264 where the browser does not know HEVC (skipped without libx265)',
    async () => {
      const { page, errors, fetched, qualities, close } = await watch(hevc, 'playable');
      await seekTo(page, 0.6);
      await seePicturesMove(page);
      const knowsHevc = await page.evaluate(() =>
        MediaSource.isTypeSupported('video/mp4; codecs="hvc1.2.4.L90.90"'),
      );
      const own = knowsHevc ? ['720p-hevc'] : [];
      expect(await qualities()).toEqual(['360p', '720p', ...own]);
      expect(fetched.filter((name) => name.includes('-'))).toEqual([]);
      expect(fetched).not.toEqual([]);
      expect(errors).toEqual([]);
      await close();
    },
  );

  test.skipIf(!has('libsvtav1'))(
    'begins in H.264 and plays AV1, copied or encoded, for who asks for it (skipped without libsvtav1)',
    async () => {
      const env = { KDRAMA_RESOLUTIONS: '720p,360p,240p-av1', KDRAMA_PRESET: 'ultrafast' };
      const { page, errors, fetched, qualities, close } = await watch(av1, 'complete', env);
      expect(await qualities()).toEqual(['240p-av1', '360p', '720p', '720p-av1']);
      expect(fetched.filter((name) => name.includes('-'))).toEqual([]);
      await choose(page, 'Quality', '720p-av1');
      await expect.poll(() => fetched).toContain('720p-av1');
      await seekTo(page, 0.7);
      await seePicturesMove(page);
      await choose(page, 'Quality', '240p-av1');
      await seeHeight(page, 240);
      await seekTo(page, 0.3);
      await seePicturesMove(page);
      await choose(page, 'Quality', '360p');
      await seeHeight(page, 360);
      await seePicturesMove(page);
      expect(errors).toEqual([]);
      await close();
    },
  );
});
