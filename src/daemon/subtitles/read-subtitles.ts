import { KdramaError } from '../../shared/errors.js';
import type { Encoding } from '../../shared/text-encodings.js';
import type { SubtitleTrack } from '../media/subtitle-formats/cue.js';
import {
  formatOf,
  readTracks,
  type SubtitleFormat,
} from '../media/subtitle-formats/read-tracks.js';
import { decodeAs, decodeText, type Decoded } from '../media/text-encoding/decode-text.js';

/** What is known of a file beside its bytes. */
export interface SubtitleHints {
  /** As the client named it: errors say of which file they are. */
  readonly filename: string;
  /** BCP 47, from its name or from whoever sent it. */
  readonly language?: string | undefined;
  /** Somebody says so: then nothing is guessed. */
  readonly encoding?: Encoding | undefined;
}

export interface ReadSubtitles {
  readonly encoding: Encoding;
  readonly format: SubtitleFormat;
  readonly tracks: readonly SubtitleTrack[];
}

/** Each is a file and a rendition: more languages than this are no subtitles that somebody made. */
const mostTracks = 32;

/**
 * The tracks in the bytes of a subtitle file. Throws SUBTITLE_ENCODING_UNKNOWN when they are no text
 * in any encoding (or not in the one that is named), SUBTITLE_INVALID when the text has no cues; both
 * name the file.
 */
export function readSubtitles(bytes: Uint8Array, hints: SubtitleHints): ReadSubtitles {
  const { text, encoding } = decode(bytes, hints);
  const format = formatOf(text);
  if (format === undefined) throw new KdramaError('SUBTITLE_INVALID', hints.filename);
  const tracks = readTracks(text, format);
  if (tracks.length > mostTracks) {
    throw new KdramaError('SUBTITLE_INVALID', `${hints.filename} has ${tracks.length} languages`);
  }
  if (tracks.length > 0) return { encoding, format, tracks };
  throw new KdramaError('SUBTITLE_INVALID', `${hints.filename} has no text in it`);
}

function decode(bytes: Uint8Array, { filename, language, encoding }: SubtitleHints): Decoded {
  const decoded =
    encoding === undefined
      ? decodeText(bytes, language ?? languageOfMarkup(bytes))
      : decodeAs(bytes, encoding);
  if (decoded !== undefined) return decoded;
  const detail = encoding === undefined ? filename : `${filename} is not in ${encoding}`;
  throw new KdramaError('SUBTITLE_ENCODING_UNKNOWN', detail);
}

/** SAMI is what Korean subtitles come in; what it says of itself is ASCII in all encodings. */
function languageOfMarkup(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  return /<sami\b/i.test(head) ? 'ko' : undefined;
}
