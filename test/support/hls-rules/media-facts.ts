/** What a segment holds, read from its boxes. */
import { readBoxes, requireBox } from '../../../src/daemon/media/fmp4/boxes.js';
import { readFragment } from '../../../src/daemon/media/fmp4/fragment.js';
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { trackOf, type FetchedPlaylist, type FetchedSegment } from './episode.js';

export interface MediaFacts {
  readonly samples: readonly Sample[];
  /** Decode time of the first sample, and where the last one ends, in seconds. */
  readonly decodedFrom: number;
  readonly decodedTo: number;
  /** Presentation time of the earliest sample, in seconds. */
  readonly shownFrom: number;
}

const known = new WeakMap<FetchedSegment, MediaFacts>();

/** Throws RangeError when it is no segment of one `moof` and one `mdat`. */
export function mediaFactsOf(playlist: FetchedPlaylist, segment: FetchedSegment): MediaFacts {
  const facts = known.get(segment) ?? readFacts(playlist, segment);
  known.set(segment, facts);
  return facts;
}

function readFacts(playlist: FetchedPlaylist, { bytes }: FetchedSegment): MediaFacts {
  const track = trackOf(playlist);
  const boxes = readBoxes(bytes);
  const types = boxes.map(({ type }) => type).join(' ');
  if (types !== 'moof mdat') throw new RangeError(`consists of ${types || 'nothing'}`);
  const [moof, mdat] = boxes.map(({ start, end }) => bytes.subarray(start, end));
  if (moof === undefined || mdat === undefined) throw new RangeError('is cut off');
  const samples = readFragment(moof, mdat, track);
  const tfdt = requireBox(moof, { body: 0, end: moof.length }, ['moof', 'traf', 'tfdt']);
  const time =
    moof[tfdt.body] === 1
      ? Number(moof.readBigUInt64BE(tfdt.body + 4))
      : moof.readUInt32BE(tfdt.body + 4);
  const ticks = samples.reduce((sum, { duration }) => sum + duration, 0);
  const earliest = samples.reduce((least, { pts }) => Math.min(least, pts), Infinity);
  return {
    samples,
    decodedFrom: time / track.timescale,
    decodedTo: (time + ticks) / track.timescale,
    shownFrom: earliest / track.timescale,
  };
}
