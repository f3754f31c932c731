import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeClip } from '../support/clips.js';
import { startTestDaemon } from '../support/daemon.js';
import { eveningClip } from '../support/evening-clip.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { choose, seePicturesMove, seeSubtitle } from './support/screen.js';

const picture = fileURLToPath(new URL('../../docs/player.png', import.meta.url));

/** With KDRAMA_UPDATE_PICTURE=1 what the test sees becomes docs/player.png. */
describeInBrowser('the picture of the player in the README', () => {
  test('can be taken again, and is small', { timeout: 180_000 }, async () => {
    const clip = await makeClip(eveningClip);
    const scratch = await mkdtemp(join(tmpdir(), 'kdrama-picture-'));
    const [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    try {
      const videoId = await uploadFile(daemon, clip, 'Harbour.S01E03.mkv');
      await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
      const page = await browser.newPage({ viewport: { width: 1200, height: 675 } });
      await page.goto(daemon.signInCode().url);
      await page.locator('.card').click();
      await seePicturesMove(page);
      await choose(page, 'Subtitles', 'English');
      await seeSubtitle(page, 'Can you hear');
      await page.getByRole('button', { name: 'Quality' }).click();
      const isWanted = process.env['KDRAMA_UPDATE_PICTURE'] === '1';
      const path = isWanted ? picture : join(scratch, 'player.png');
      await page.screenshot({ path });
      expect((await stat(path)).size).toBeLessThan(300 * 1024);
    } finally {
      await browser.close();
      await daemon.close();
      await rm(scratch, { recursive: true });
    }
  });
});
