import { readBoxHeader } from './boxes.js';
import { readFragment } from './fragment.js';
import { readTrackHeader, type TrackHeader } from './init.js';
import type { Sample } from './samples.js';

/** What comes out of a fragmented MP4 as it is written: its header once, then samples. */
export type StreamPart =
  | { readonly kind: 'header'; readonly moov: Buffer; readonly track: TrackHeader }
  | { readonly kind: 'samples'; readonly samples: readonly Sample[] };

/** A fragment larger than this is no picture or sound of ours: 30 s at 200 Mbit/s. */
const maxBoxBytes = 750 * 1024 * 1024;

/**
 * Reads a single-track fragmented MP4 from a stream of any chunking. Only whole fragments come out.
 * Throws RangeError on what is not one; a tail that is no whole fragment is an error, too: the
 * program that wrote it was stopped.
 */
export async function* readStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamPart> {
  let track: TrackHeader | undefined;
  let moof: Buffer | undefined;
  for await (const { type, bytes } of wholeBoxes(chunks)) {
    if (type === 'moov') {
      track = readTrackHeader(bytes);
      yield { kind: 'header', moov: bytes, track };
    } else if (type === 'moof') {
      moof = bytes;
    } else if (type === 'mdat' && track !== undefined && moof !== undefined) {
      yield { kind: 'samples', samples: readFragment(moof, bytes, track) };
      moof = undefined;
    }
  }
}

/** Cuts a byte stream at box borders, each box copied once. */
async function* wholeBoxes(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ type: string; bytes: Buffer }> {
  let pieces: Buffer[] = [];
  let held = 0;
  let wanted = 8;
  for await (const chunk of chunks) {
    pieces.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    held += chunk.byteLength;
    while (held >= wanted) {
      const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, held);
      pieces = [bytes];
      const box = readBoxHeader(bytes, 0);
      wanted = box?.end ?? 16;
      if (wanted > maxBoxBytes) throw new RangeError(`box ${box?.type ?? '?'} of ${wanted} bytes`);
      if (box === undefined || held < wanted) break;
      yield { type: box.type, bytes: bytes.subarray(0, wanted) };
      pieces = held === wanted ? [] : [bytes.subarray(wanted)];
      held -= wanted;
      wanted = 8;
    }
  }
  if (held > 0) throw new RangeError(`the stream ends inside a box (${held} bytes left over)`);
}
