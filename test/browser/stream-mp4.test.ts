import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plannedEpisode, seconds, type PlannedEpisode } from '../integration/streaming/episode.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';

describeInBrowser('the MP4 of a quality in a bare video element', () => {
  let episode: PlannedEpisode;
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    episode = plannedEpisode();
    await episode.publishPicture();
    await episode.publishSound();
    const { app } = episode;
    app.get('/', (c) => c.html('<video muted src="/stream/video1?quality=360p"></video>'));
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
    await once(server, 'listening');
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
    await episode.close();
  });

  test('knows how long it is before it has played', async () => {
    const duration = await page.evaluate(async () => {
      const video = document.querySelector('video')!;
      if (video.readyState < 1) {
        await new Promise((done) => video.addEventListener('loadedmetadata', done));
      }
      return video.duration;
    });
    expect(duration).toBeCloseTo(seconds, 1);
  });

  test.each([11.1, 3.5, 7.02, 0])('shows the picture of %f s after a seek there', async (at) => {
    const shown = await page.evaluate(async (time) => {
      const video = document.querySelector('video')!;
      video.currentTime = time + 0.001;
      return new Promise<number>((done, fail) => {
        video.addEventListener('error', () => fail(new Error(video.error?.message)));
        video.requestVideoFrameCallback((_, frame) => done(frame.mediaTime));
      });
    }, at);
    expect(shown).toBeLessThanOrEqual(at + 0.0011);
    expect(shown).toBeGreaterThan(at - 0.04);
  });

  test('plays with sound up to its end', async () => {
    const heard = await page.evaluate(async () => {
      const video = document.querySelector('video')! as HTMLVideoElement & {
        webkitAudioDecodedByteCount: number;
      };
      video.currentTime = 10.5;
      const before = video.webkitAudioDecodedByteCount;
      const ended = new Promise((done) => video.addEventListener('ended', done));
      await video.play();
      await ended;
      return { at: video.currentTime, bytes: video.webkitAudioDecodedByteCount - before };
    });
    expect(heard.at).toBeCloseTo(seconds, 1);
    expect(heard.bytes).toBeGreaterThan(1000);
  });
});
