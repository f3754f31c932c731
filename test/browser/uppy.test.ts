import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../support/daemon.js';
import { makePaddedClip } from '../support/padded-clip.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { waitForVideo } from './support/library.js';
import { seePicturesMove } from './support/screen.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const minute = 60_000;

interface UppyWindow {
  readonly videoId?: string;
}

/** The first part of the upload that begins at an offset or behind it, held before it is sent. */
function heldPart(page: Page, offset: number): Promise<Route> {
  return new Promise((resolve) => {
    let isHeld = false;
    void page.route('**/api/v1/tus/*', async (route) => {
      const at = route.request().headers()['upload-offset'];
      if (isHeld || at === undefined || Number(at) < offset) return route.continue();
      isHeld = true;
      resolve(route);
    });
  });
}

describeInBrowser('Uppy with its tus plugin', { timeout: 3 * minute }, () => {
  let work: string;
  let file: string;
  let options: TestDaemonOptions;
  let daemon: TestDaemon;
  let browser: Browser;

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'kdrama-uppy-'));
    file = join(work, 'Rain.S01E03.mp4');
    const webDirectory = join(work, 'web');
    await cp(here('../../dist/web'), webDirectory, { recursive: true });
    await writeFile(
      join(webDirectory, 'uppy.html'),
      '<!doctype html><title>Uppy</title><input type="file" /><script src="uppy.js"></script>',
    );
    await build({
      entryPoints: [here('support/uppy-page.ts')],
      outfile: join(webDirectory, 'uppy.js'),
      bundle: true,
      logLevel: 'error',
    });
    await makePaddedClip(file, 40);
    options = { home: join(work, 'home'), webDirectory };
    [daemon, browser] = await Promise.all([startTestDaemon(options), launchBrowser()]);
  }, minute);
  afterAll(async () => {
    await browser.close();
    await daemon.close();
    await rm(work, { recursive: true, force: true });
  });

  test('goes on after the page was reloaded and the daemon started anew, and the video plays', async () => {
    const { size } = statSync(file);
    const page = await (await browser.newContext()).newPage();
    const methods: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/tus')) methods.push(request.method());
    });
    await page.goto(daemon.signInCode('uploader').url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    await page.goto(`${daemon.url}/uppy.html`);
    const quarter = heldPart(page, size * 0.25);
    await page.setInputFiles('input', file);
    await quarter;
    await page.reload();

    const half = heldPart(page, size * 0.5);
    await page.setInputFiles('input', file);
    const part = await half;
    const { host } = new URL(daemon.url);
    await daemon.close();
    await part.abort('connectionreset');
    daemon = await startTestDaemon({ ...options, env: { KDRAMA_LISTEN: host } });

    const done = await page.waitForFunction(() => (window as UppyWindow).videoId, undefined, {
      timeout: minute,
    });
    const videoId = (await done.jsonValue()) ?? '';
    expect(methods.filter((method) => method === 'POST')).toHaveLength(1);
    expect(methods.filter((method) => method === 'HEAD').length).toBeGreaterThan(1);

    await waitForVideo(daemon, videoId, ({ playable }) => playable);
    await page.goto(daemon.url);
    await page.locator('.card').click();
    await seePicturesMove(page);
  });
});
