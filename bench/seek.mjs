import { chromium } from 'playwright-core';
import { findBrowser } from '../scripts/setup/browser.mjs';
import { say } from '../scripts/setup/run-command.mjs';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { longClips } from './long-clips.mjs';
import { median } from './median.mjs';

/** Shares of the episode: nothing of them is made when they are sought. */
const places = [0.5, 0.27, 0.62, 0.83];
const patienceMs = 60_000;

/**
 * A viewer in Chromium, on the same cores, seeks to where nothing is made: until the picture moves there. One
 * who seeks again does so 5 s later.
 * @param {import('./context.mjs').Context} context
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureSeek({ directory, ffmpeg, copyable, foreign }) {
  const executablePath = findBrowser(process.env);
  if (executablePath === undefined) {
    say('Left out: there is no Chromium.');
    return [];
  }
  const clips = longClips(directory, ffmpeg, { copyable: copyable(), foreign: foreign() });
  const measured = [];
  for (const { name, path } of clips.filter(({ minutes }) => minutes === 70)) {
    const seconds = await secondsToPlay(path, executablePath);
    const all = seconds.map((each) => each.toFixed(1)).join(', ');
    measured.push({
      what: `a seek in the page to where nothing is made → it plays there: ${name}`,
      ...{ detail: `seconds; ${all}`, value: median(seconds), atMost: 4 },
    });
  }
  return measured;
}

/**
 * @param {string} file
 * @param {string} executablePath
 */
async function secondsToPlay(file, executablePath) {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const daemon = new OwnDaemon();
  const browser = await chromium.launch({
    executablePath,
    args: ['--autoplay-policy=no-user-gesture-required', '--disable-gpu', ...sandbox],
  });
  try {
    await daemon.start();
    const id = (await daemon.read(['upload', '--link', '--wait=playable', '--quiet', file])).trim();
    const { url } = /** @type {{ url: string }} */ (
      JSON.parse(await daemon.read(['open', '--json', id]))
    );
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 2);
    await page.evaluate(() => document.querySelector('video')?.play());
    const seconds = [];
    for (const place of places) {
      await page.waitForTimeout(5_000);
      seconds.push(await seekAndPlay(page, place));
    }
    return seconds;
  } finally {
    await browser.close();
    await daemon.remove();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {number} place
 */
async function seekAndPlay(page, place) {
  const since = performance.now();
  const target = await page.evaluate((share) => {
    const video = document.querySelector('video');
    if (video === null) throw new Error('there is no video');
    video.currentTime = video.duration * share;
    return video.currentTime;
  }, place);
  await page.waitForFunction(
    (from) => (document.querySelector('video')?.currentTime ?? 0) > from + 0.2,
    target,
    { timeout: patienceMs, polling: 50 },
  );
  return (performance.now() - since) / 1000;
}
