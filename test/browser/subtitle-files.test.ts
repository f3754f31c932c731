import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { episodeClip, makeClip } from '../support/clips.js';
import { startTestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { uploadFile, waitForVideo } from './support/library.js';
import { choose, seekTo, seePicturesMove, seeSubtitle } from './support/screen.js';

const sami = iconv.encode(
  `<SAMI><HEAD><STYLE><!-- .KRCC { Name:Korean; lang:ko-KR; } .ENCC { Name:English; lang:en-US; } --></STYLE>
</HEAD><BODY><SYNC Start=0><P Class=KRCC><img src=x onerror="document.title='got in'"><i>뷁 쨰깍</i><P Class=ENCC>Tick tock
<SYNC Start=7000><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;</BODY></SAMI>`,
  'cp949',
);

describeInBrowser('a subtitle file beside a video', () => {
  test('is seen in the player, each of its languages', { timeout: 180_000 }, async () => {
    const short = { ...episodeClip, seconds: 8, size: '640x360' as const, subtitles: [] };
    const clip = await makeClip(short);
    const [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
    try {
      const videoId = await uploadFile(daemon, clip, 'Rain.E02.mkv');
      const path = `/videos/${videoId}/subtitles?filename=Rain.E02.smi`;
      const attached = await daemon.fetch(path, { method: 'POST', body: new Uint8Array(sami) });
      expect(attached.status).toBe(201);
      await waitForVideo(daemon, videoId, ({ status }) => status === 'completed');
      const page = await browser.newPage({ viewport: { width: 1200, height: 675 } });
      await page.goto(daemon.signInCode().url);
      await page.locator('.card').click();
      await seePicturesMove(page);
      await choose(page, 'Subtitles', '한국어');
      await seekTo(page, 0.01);
      await seeSubtitle(page, '<i>뷁 쨰깍</i>');
      await choose(page, 'Subtitles', 'English');
      await seekTo(page, 0.01);
      await seeSubtitle(page, 'Tick tock');
      expect(await page.title()).not.toBe('got in');
    } finally {
      await browser.close();
      await daemon.close();
    }
  });
});
