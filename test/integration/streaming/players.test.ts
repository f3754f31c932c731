import { describe, expect, onTestFinished, test } from 'vitest';
import { ffmpeg, gstreamer, mpv, vlc } from '../../support/players.js';
import { serveEpisode } from '../../support/served-episode.js';
import { seconds } from './episode.js';

const frameSeconds = 1 / 25;
const held = 3;
const heldFrom = 6;

async function served(patienceMs = 8_000) {
  const episode = await serveEpisode(patienceMs);
  onTestFinished(() => episode.close());
  return episode;
}

/** That every picture up to `end` was shown, in order; from the beginning, or from `start` on. */
function expectNoGap(times: readonly number[], end: number, start = 0): void {
  const expected = Array.from(
    { length: Math.round((end - start) / frameSeconds) },
    (_, n) => start + n * frameSeconds,
  );
  const rounded = (list: readonly number[]) => list.map((time) => time.toFixed(2));
  expect(rounded(times.filter((time) => time < end - frameSeconds / 2))).toEqual(rounded(expected));
}

describe.each([
  { player: ffmpeg, end: seconds },
  { player: mpv, end: seconds },
  { player: vlc, end: seconds - 1 },
  { player: gstreamer, end: seconds },
])('$player.name (skipped where it is not installed)', ({ player, end }) => {
  test.runIf(player.isThere)('shows every picture, once, whatever else is on offer', async () => {
    const { url, episode } = await served();
    const master = async () => (await episode.get(new URL(url).pathname)).text();
    await expect.poll(master).toContain('I-FRAME-STREAM-INF');
    expectNoGap(await player.play(url), end);
  });

  test.runIf(player.isThere)('waits for a segment that is still being made', async () => {
    const episode = await served();
    let asked = 0;
    episode.hold(held, (count, release) => {
      asked = count;
      setTimeout(release, 800);
    });
    expectNoGap(await player.play(episode.url), end);
    expect(asked).toBe(1);
  });
});

describe.each([ffmpeg, mpv, gstreamer])('$name, behind a 503', (player) => {
  test.runIf(player.isThere)('asks for the segment again, and shows it', async () => {
    const episode = await served(100);
    episode.hold(held, (count, release) => count === 3 && release());
    expectNoGap(await player.play(episode.url), seconds);
  });
});

describe('VLC, behind a 503', () => {
  // VLC stops there for good: see docs/network.md.
  test.runIf(vlc.isThere)('shows all that is before it', async () => {
    const episode = await served(100);
    episode.hold(held, (count, release) => count === 3 && release());
    expectNoGap(await vlc.play(episode.url), heldFrom - 1);
  });
});

describe('the MP4 of a quality in mpv', () => {
  test.runIf(mpv.isThere)('plays from a place in it to its end', async () => {
    const { origin } = await served();
    const from = 7;
    const times = await mpv.play(`${origin}/stream/video1?quality=360p`, from);
    // It decodes from the key frame on, not all of what is before its place.
    expect(times[0]).toBe(6);
    const shown = times.filter((time) => time > from - frameSeconds / 2);
    expectNoGap(shown, seconds, from);
  });
});
