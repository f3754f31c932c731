import { KdramaError } from '../../../shared/errors.js';
import { isDecoded } from '../ffmpeg/input.js';
import { codecOf, type Source, type SourceStream } from './inspect.js';

/** Pictures that stand for something: covers, thumbnails on a seek bar. */
const standIns = ['attached_pic', 'timed_thumbnails', 'still_image'];
/** In a file with another picture these are covers that nobody marked. */
const stillCodecs = ['mjpeg', 'png', 'bmp', 'webp', 'gif'];

/**
 * The picture that a player shows: of several the one that is marked, has frames and is the largest;
 * covers and thumbnails are none. Throws UPLOAD_INVALID_FORMAT saying what the file has instead.
 */
export function pictureOf(source: Source): SourceStream {
  const pictures = source.streams.filter(isPicture);
  const most = Math.max(...pictures.map(({ nb_frames = 0 }) => nb_frames));
  const ranked = pictures.map((picture) => ({ picture, rank: rank(picture, most) }));
  const best = ranked.toSorted((a, b) => compare(b.rank, a.rank))[0]?.picture;
  if (best !== undefined) return best;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', whatInstead(source.streams));
}

function whatInstead(streams: readonly SourceStream[]): string {
  const [unread] = streams.filter(isShown);
  if (isDecoded(unread?.codec_name)) {
    return 'nothing says how large its picture is; it may be damaged or cut off';
  }
  const name = unread && codecOf(unread);
  if (name !== undefined) return `the picture is ${name.toUpperCase()}, which is not read here`;
  const hasSound = streams.some(({ codec_type }) => codec_type === 'audio');
  return hasSound ? 'the file has sound but no picture' : 'the file has no picture';
}

function isPicture(stream: SourceStream): boolean {
  return isShown(stream) && isDecoded(stream.codec_name) && (stream.width ?? 0) > 0;
}

function isShown({ codec_type, disposition }: SourceStream): boolean {
  return codec_type === 'video' && standIns.every((name) => disposition[name] !== 1);
}

/**
 * What counts first stands first. A side track of a motion photo has a few frames, however large, or says it is no
 * default. `most` is how many frames a track has at most.
 */
function rank(stream: SourceStream, most: number): number[] {
  const { codec_name = '', pix_fmt, disposition, nb_frames = most, width = 0, height = 0 } = stream;
  return [
    pix_fmt === undefined || pix_fmt === 'unknown' ? 0 : 1,
    stillCodecs.includes(codec_name) ? 0 : 1,
    nb_frames * 4 >= most ? 1 : 0,
    disposition['default'] ?? 0,
    width * height,
    -stream.index,
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}
