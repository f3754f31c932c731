import { KdramaError } from '../../shared/errors.js';
import type { Source, SourceStream } from './inspect.js';

/**
 * The picture that a player shows: cover art and thumbnails are none. Throws UPLOAD_INVALID_FORMAT
 * saying what the file has instead.
 */
export function pictureOf(source: Source): SourceStream {
  const stream = source.streams.find(
    ({ codec_type, disposition, width = 0 }) =>
      codec_type === 'video' && disposition['attached_pic'] !== 1 && width > 0,
  );
  if (stream !== undefined) return stream;
  const hasSound = source.streams.some(({ codec_type }) => codec_type === 'audio');
  throw new KdramaError(
    'UPLOAD_INVALID_FORMAT',
    hasSound ? 'the file has sound but no picture' : 'the file has no picture',
  );
}
