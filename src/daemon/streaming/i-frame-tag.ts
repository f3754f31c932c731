import type { Plan } from '../store/plans.js';
import { quoted, tag } from './attributes.js';
import { bitRatesOf } from './bit-rates.js';
import { iFramePlaylistUri } from './playlist-uris.js';
import type { Picture } from './presentation.js';

/** A stream of key pictures alone, for winding and for a picture at the seek bar. */
export function iFrameTag(
  picture: Picture,
  iFrames: readonly number[] | undefined,
  { boundaries }: Plan,
): string[] {
  if (iFrames === undefined) return [];
  const { traits } = picture;
  const { peak, average } = bitRatesOf(iFrames, boundaries, traits.bandwidthBound);
  const attributes = tag('EXT-X-I-FRAME-STREAM-INF', [
    ['BANDWIDTH', String(peak)],
    ['AVERAGE-BANDWIDTH', average === undefined ? undefined : String(average)],
    ['CODECS', quoted(traits.codecs)],
    ['RESOLUTION', `${traits.width}x${traits.height}`],
    ['VIDEO-RANGE', traits.videoRange ?? 'SDR'],
    ['URI', quoted(iFramePlaylistUri(picture))],
  ]);
  return [attributes];
}
