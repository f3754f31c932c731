/** A made episode behind a port, a segment of which can be held back as if it were still to be made. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { subtitleFileName } from '../../src/daemon/layout.js';
import { plannedEpisode, rows } from '../integration/streaming/episode.js';

const pictures = [rows.video, rows.higher];
const words = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n';

/** `patienceMs` is how long a request for a segment is held before it is answered with 503. */
export async function serveEpisode(patienceMs: number) {
  const episode = plannedEpisode(patienceMs);
  for (const row of pictures) await episode.publishPicture(row);
  await episode.publishSound();
  await episode.publish(rows.text, 0, Buffer.from(words), subtitleFileName);
  const server = serve({ fetch: episode.app.fetch, hostname: '127.0.0.1', port: 0 }) as Server;
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ episode, origin, url: `${origin}/stream/video1/hls/master.m3u8` },

    /**
     * The segment of all pictures is not there until `release`. `onAsked` is called whenever it is asked
     * for, with how often that was.
     */
    hold(number: number, onAsked: (count: number, release: () => void) => void): void {
      const held = pictures.map(({ id }) => ({
        id,
        segment: episode.store.segments.find(id, number),
      }));
      for (const { id } of held) episode.store.segments.lost(id, number);
      const release = () => {
        for (const { id, segment } of held) {
          if (segment !== undefined) episode.store.segments.insert(id, segment);
          episode.bus.emit('segment', { renditionId: id, number });
        }
      };
      let count = 0;
      episode.whenDemanded((demand) => {
        if (demand.number === number) onAsked((count += 1), release);
      });
    },

    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await episode.close();
    },
  };
}
export type ServedEpisode = Awaited<ReturnType<typeof serveEpisode>>;
