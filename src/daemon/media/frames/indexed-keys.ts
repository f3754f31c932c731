/** What the key frames of an indexed picture are, by reading them and no others. */
import { parseHexDump } from '../ffmpeg/hex-dump.js';
import { lookAtEach, findInBytes, type ReadBytes } from '../container/bytes.js';
import { isIdr, type FramePlace } from '../container/idr.js';
import { mostKeys } from '../container/key-place.js';
import { keyPictureReader, type KeyPicture, copiedCodecOf } from './key-picture.js';
import type { PictureFile } from './picture-file.js';

/** A picture of 4K has 1 MB. */
const mostKeyBytes = 8 * 1024 * 1024;
/** What comes before the first slice is seldom more. */
const beginBytes = 4096;

/** What each key frame is, by its beginning; empty of other codecs than H.264, HEVC and AV1. */
export async function indexedKeyPictures(
  file: PictureFile,
  keys: readonly FramePlace[],
): Promise<KeyPicture[]> {
  if (file.stream.codec_name === 'h264') return idrPictures(file, keys);
  const codec = copiedCodecOf(file.stream);
  if (codec === undefined || keys.some(({ sizeBytes }) => sizeBytes > mostKeyBytes)) return [];
  const what = keyPictureReader(codec, parseHexDump(file.stream.extradata ?? ''));
  const look = async (read: ReadBytes, { offset, sizeBytes }: FramePlace) =>
    what(await read(offset, Math.min(sizeBytes, beginBytes)), sizeBytes) ??
    what(await read(offset, sizeBytes)) ??
    'none';
  // The first is what the others are held against.
  const first = await lookInto(file, keys.slice(0, 1), look);
  return [...first, ...(await lookInto(file, keys.slice(1), look))];
}

/** A copy of H.264 can be cut at IDR pictures alone. Empty of what is not as MP4 and Matroska have it. */
async function idrPictures(file: PictureFile, keys: readonly FramePlace[]): Promise<KeyPicture[]> {
  const [version, , , , lengths = 0] = parseHexDump(file.stream.extradata ?? '');
  if (version !== 1) return [];
  return lookInto(file, keys, async (read, key) =>
    (await isIdr(read, key, (lengths & 3) + 1)) ? 'closed' : 'none',
  );
}

/** Nothing is found of more than anybody has, or where they lie outside the file or upon one another. */
async function lookInto<Found>(
  { path, signal }: PictureFile,
  keys: readonly FramePlace[],
  look: (read: ReadBytes, key: FramePlace) => Promise<Found>,
): Promise<Found[]> {
  if (keys.length > mostKeys) return [];
  const lookAtAll = (read: ReadBytes) => lookAtEach(keys, (key) => look(read, key));
  return (await findInBytes(path, lookAtAll, signal)) ?? [];
}
