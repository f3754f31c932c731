import { KdramaError } from '../../../shared/errors.js';
import { findInBytes } from '../container/bytes.js';
import { readMatroskaHead } from '../container/matroska-head.js';
import { readMovie } from '../container/mp4-movie.js';
import { findBox, readBoxes } from '../fmp4/boxes.js';

/** What MP4 calls a track that only a player with its key can open: of Common Encryption, and of iTunes. */
const encryptedEntries = ['encv', 'enca', 'drmi', 'drms'];

/** Throws UPLOAD_INVALID_FORMAT for a file that is protected: ffmpeg reads what is in it as if it were damaged. */
export async function refuseEncrypted(path: string): Promise<void> {
  const isEncrypted = await findInBytes(path, async (read, sizeBytes) => {
    const movie = await readMovie(read, sizeBytes);
    if (movie !== undefined) return hasEncryptedTrack(movie);
    return (await readMatroskaHead(read))?.isEncrypted === true;
  });
  if (isEncrypted !== true) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', 'the file is encrypted (DRM)', {
    hint: 'It plays only where it was bought; take one without protection.',
  });
}

function hasEncryptedTrack(movie: Buffer): boolean {
  return readBoxes(movie)
    .filter(({ type }) => type === 'trak')
    .flatMap((track) => findBox(movie, track, ['mdia', 'minf', 'stbl', 'stsd']) ?? [])
    .flatMap((stsd) => readBoxes(movie, stsd.body + 8, stsd.end))
    .some(({ type }) => encryptedEntries.includes(type));
}
