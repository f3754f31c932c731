import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { segmentFileName, type Layout } from '../layout.js';
import { firstSampleRange } from '../media/fmp4/first-sample.js';
import type { MeasuredSegment } from '../store/segments.js';
import { openRegularFile } from './file-bytes.js';
import type { PlannedStream, StreamLookup, StreamStore } from './lookup.js';
import { readSegmentHead } from './segment-head.js';

export interface IFrameParts {
  readonly store: Pick<StreamStore, 'segments'>;
  readonly lookup: Pick<StreamLookup, 'measured'>;
  readonly layout: Layout;
}

/**
 * Where the first picture of every segment ends. A segment that is published says so; those of an
 * episode that was made before are read, once, and what was found is kept.
 */
export function iFrames({ store, lookup, layout }: IFrameParts) {
  const reading = new Map<string, Promise<void>>();

  /**
   * The bytes of each, or undefined while the rendition is not complete. Rejects with NOT_FOUND or
   * INTERNAL when a segment is not as the database knows it.
   */
  async function of(stream: PlannedStream): Promise<readonly number[] | undefined> {
    const measured = lookup.measured(stream.rendition);
    if (measured === undefined || measured.iFrames !== undefined) return measured?.iFrames;
    await measureOnce(stream);
    return lookup.measured(stream.rendition)?.iFrames;
  }

  function measureOnce(stream: PlannedStream): Promise<void> {
    const { id } = stream.rendition;
    const running = reading.get(id) ?? measure(stream).finally(() => reading.delete(id));
    reading.set(id, running);
    return running;
  }

  async function measure({ videoId, rendition }: PlannedStream): Promise<void> {
    const { id, planId, name, version } = rendition;
    const directory = layout.rendition(videoId, planId, name, version);
    const found: MeasuredSegment[] = [];
    for (const segment of store.segments.ofRendition(id)) {
      const path = join(directory, segmentFileName(segment.number));
      found.push({ ...segment, iFrameBytes: await readIFrameBytes(path, segment.sizeBytes) });
    }
    store.segments.measured(id, found);
  }

  /**
   * Looks at those of which that is not known, one after the other, without anybody waiting: the master
   * playlist is asked for before the first picture is seen.
   */
  function findOut(streams: readonly PlannedStream[]): void {
    const unread = streams.filter(({ rendition }) => !reading.has(rendition.id));
    void (async () => {
      for (const stream of unread) {
        // Whoever asks for its playlist is told what is wrong.
        await measureOnce(stream).catch(() => undefined);
      }
    })();
  }

  return { of, findOut };
}

async function readIFrameBytes(path: string, knownBytes: number): Promise<number> {
  const { handle, sizeBytes } = await openRegularFile(path);
  try {
    if (sizeBytes !== knownBytes)
      throw new KdramaError('INTERNAL', `${path} has ${sizeBytes} bytes`);
    return firstSampleRange(await readSegmentHead(handle, sizeBytes)).end;
  } finally {
    await handle.close();
  }
}
