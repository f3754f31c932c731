import { join } from 'node:path';
import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';
import type { Input } from '../../../shared/contract/operation.js';
import type { streamFile } from '../../../shared/contract/operations/stream.js';
import { initFileName, segmentFileName } from '../../layout.js';
import type { PlannedStream } from '../../streaming/lookup.js';
import { initNumber, type Wanted } from '../../streaming/segment-waiter.js';
import type { Streaming } from '../../streaming/streaming.js';
import { accelRedirect } from '../answer/accel-redirect.js';
import { sendSegment, type SegmentAnswer } from '../answer/segment-response.js';
import type { AppEnv } from '../env.js';

/** Plan and version stand in the address: what lies there never changes. */
export const forever = 'public, max-age=31536000, immutable';

type Address = Input<typeof streamFile>['params'];

/** What an address comes to, for as long as the segment has its row. */
interface KnownSegment {
  readonly wanted: Wanted;
  readonly answer: SegmentAnswer;
}

/** Several hours of everything that is being watched; some hundred bytes each. */
const maxKnown = 10_000;

export type Segments = ReturnType<typeof segmentAnswers>;

/** Answers with init segments and segments. */
export function segmentAnswers(streaming: Streaming, accelLocation: string | undefined) {
  const accel = { location: accelLocation, directory: streaming.layout.media };
  const sendFound = async (c: Context<AppEnv>, answer: SegmentAnswer): Promise<Response> =>
    accelRedirect(c, accel, answer) ?? sendSegment(c, streaming.memory, answer);
  const known = new LRUCache<string, KnownSegment>({ max: maxKnown });
  return {
    /**
     * One that was sent before and is still there: of all rows only its own has to be asked. undefined
     * for any other.
     */
    sendKnown(c: Context<AppEnv>, address: Address): Promise<Response> | undefined {
      const segment = known.get(nameOf(address));
      if (segment === undefined || !streaming.isReady(segment.wanted)) return undefined;
      return sendFound(c, segment.answer);
    },

    /** As soon as it is there. Throws as `waitForSegment`. */
    async send(
      c: Context<AppEnv>,
      address: Address,
      { videoId, rendition }: PlannedStream,
      number: number,
    ): Promise<Response> {
      const wanted = { videoId, renditionId: rendition.id, number };
      const sizeBytes = await streaming.waitForSegment(wanted, c.req.raw.signal);
      const { planId, name, version, traits } = rendition;
      const directory = streaming.layout.rendition(videoId, planId, name, version);
      const answer = {
        path: join(directory, number === initNumber ? initFileName : segmentFileName(number)),
        sizeBytes,
        contentType: traits.kind === 'audio' ? 'audio/mp4' : 'video/mp4',
        etag: `${rendition.id}.${number}.${sizeBytes}`,
        cacheControl: forever,
      };
      known.set(nameOf(address), { wanted, answer });
      return sendFound(c, answer);
    },
  };
}

function nameOf({ videoId, planId, name, version, file }: Address): string {
  return [videoId, planId, name, version, file].join('/');
}
