import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import {
  encodingNamed,
  encodingsOfLanguage,
  type Encoding,
} from '../../../shared/text-encodings.js';
import { hasDebris, isPlausible } from './plausible.js';

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/** Tried last, where nothing else is likelier: those that refuse what is not theirs. */
const lastTried: readonly Encoding[] = [
  ...(['cp949', 'shift_jis', 'windows-874', 'gb18030', 'big5', 'windows-1252'] as const),
];
/** Enough to know a text by; the rest of it need only be decodable. */
const sampleBytes = 64 * 1024;
/** Below it the detector has counted next to nothing. */
const leastConfidence = 11;
/** Some programs end texts with NUL, those of DOS with Ctrl-Z. */
const ends = [0, 0x1a];
/** Fewer may be by chance. */
const leastSyllables = 6;

/**
 * The text of a subtitle file. `language` (BCP 47) is what its name says, if it does: its encodings
 * are tried first. Undefined when no encoding gives a text that reads like one.
 *
 * Decoded with iconv-lite and not with TextDecoder: under Node that is ICU, whose `euc-kr` is not the
 * CP949 of the Encoding Standard and loses syllables such as 뷁 and 쨰.
 */
export function decodeText(given: Uint8Array, language?: string): Decoded | undefined {
  const marked = encodingOfMark(given);
  if (marked !== undefined) return decodeAs(given, marked);
  const isWide = wideEncoding(given) !== undefined;
  if (!isWide && isShifted(given)) return undefined;
  const bytes = isWide ? given : given.filter((byte) => !ends.includes(byte));
  if (!isWide && isUtf8(bytes)) return { text: textOf(bytes, 'utf-8'), encoding: 'utf-8' };
  const sample = sampleOf(bytes);
  const tried = new Set<Encoding>();
  const expected = language === undefined ? [] : encodingsOfLanguage(language);
  for (const encoding of candidates(sample, expected)) {
    if (tried.has(encoding)) continue;
    tried.add(encoding);
    const read = textOf(sample, encoding).replace(/\ufffd{1,3}$/, '');
    if (!isPlausible(read, encoding, expected.includes(encoding))) continue;
    const decoded = decodeAs(bytes, encoding);
    if (decoded !== undefined && !hasDebris(decoded.text)) return decoded;
  }
  return undefined;
}

/** ISO 2022 (old mail from Japan and Korea) is all ASCII: letters behind an escape sequence mean others. */
function isShifted(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => byte === 0x1b && bytes[index + 1] === 0x24);
}

/** From the first bytes on that are not ASCII: a script's head alone can be longer than a sample. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte === 0 || byte >= 0x80);
  const start = first > sampleBytes / 2 ? first : 0;
  return bytes.subarray(start, start + sampleBytes);
}

/** The text in an encoding that somebody named; undefined where bytes of it do not belong there. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): Decoded | undefined {
  const text = textOf(bytes, encoding);
  // A text may say of itself that somebody could not read it.
  const isWhole = encoding === 'utf-8' ? isUtf8(bytes) : !text.includes('\ufffd');
  return isWhole ? { text, encoding } : undefined;
}

function textOf(bytes: Uint8Array, encoding: Encoding): string {
  const { buffer, byteOffset, length } = bytes;
  return iconv.decode(Buffer.from(buffer, byteOffset, length), encoding).replace(/^\ufeff/, '');
}

function encodingOfMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** The likeliest first; some more than once. */
function* candidates(sample: Uint8Array, expected: readonly Encoding[]): Generator<Encoding> {
  const wide = wideEncoding(sample);
  if (wide !== undefined) {
    yield wide;
    return;
  }
  yield* expected;
  if (isHangul(sample)) yield 'cp949';
  yield* chardet
    .analyse(sample)
    .filter(({ confidence }) => confidence >= leastConfidence)
    .flatMap(({ name }) => encodingNamed(name) ?? [])
    .filter((encoding) => !encoding.startsWith('utf'));
  yield* lastTried;
}

/**
 * Whether nearly all that is not ASCII is syllables of KS X 1001, which the detector cannot tell from Cyrillic in a few
 * lines. Chinese has half of its characters beyond them, Cyrillic all of its small letters.
 */
function isHangul(sample: Uint8Array): boolean {
  const runs =
    Buffer.from(sample)
      .toString('latin1')
      .match(/[\u0080-\u00ff]+/g) ?? [];
  const bytes = runs.join('').length;
  const syllables = runs.flatMap((run) => run.match(/[\u00b0-\u00c8][\u00a1-\u00fe]/g) ?? []);
  return syllables.length >= leastSyllables && syllables.length * 2 >= bytes * 0.9;
}

/** UTF-16 without a mark: every other byte of markup, digits and line ends is NUL. */
function wideEncoding(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < bytes.length / 20) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
