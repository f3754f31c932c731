import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('../scripts/own-daemon.mjs').OwnDaemon} OwnDaemon */
/** @typedef {(typeof places)[number]} Place */

/** Where somebody looks into an episode as soon as it plays. */
export const places = /** @type {const} */ (['beginning', 'middle', 'end']);

/**
 * From the request for a segment of the lowest picture to its last byte, in seconds, one place after the
 * other.
 * @param {OwnDaemon} daemon
 * @param {string} master
 * @returns {Promise<Record<Place, number>>}
 */
export async function measurePlaces(daemon, master) {
  const lowest = (await entriesOf(daemon, master)).toSorted((a, b) => a.lines - b.lines)[0];
  const segments = await entriesOf(daemon, lowest?.path ?? '');
  const at = (/** @type {number} */ index) =>
    secondsUntilThere(daemon, segments.at(index)?.path ?? '');
  return {
    beginning: await at(0),
    middle: await at(Math.floor(segments.length / 2)),
    end: await at(-1),
  };
}

/**
 * @param {OwnDaemon} daemon
 * @param {string} path of a segment
 */
async function secondsUntilThere(daemon, path) {
  const { url, headers } = daemon.target(path);
  const startedMs = performance.now();
  // A player asks again after a 503, too.
  for (;;) {
    const answer = await fetch(url, { headers });
    await answer.arrayBuffer();
    if (answer.ok) return (performance.now() - startedMs) / 1000;
    if (answer.status !== 503) throw new Error(`${url} answered ${answer.status}`);
    await sleep(1000);
  }
}

/**
 * What a playlist names, in its order; of pictures with their height.
 * @param {OwnDaemon} daemon
 * @param {string} playlist
 */
async function entriesOf(daemon, playlist) {
  const text = await (await daemon.fetch(playlist)).text();
  const base = new URL(playlist, 'http://kdrama');
  return [
    ...text.matchAll(/^(#EXT-X-STREAM-INF:.*RESOLUTION=\d+x(\d+).*|#EXTINF:.*)\n(.+)$/gm),
  ].map(([, , height, uri = '']) => ({
    lines: Number(height ?? 0),
    path: new URL(uri, base).pathname,
  }));
}
