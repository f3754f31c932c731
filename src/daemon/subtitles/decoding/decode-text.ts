import chardet from 'chardet';
import iconv from 'iconv-lite';
import { encodingNamed, encodingsOfLanguage, type Encoding } from './encodings.js';
import { isPlausible } from './plausible.js';

export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/** Tried last, where nothing else is likelier: those that refuse what is not theirs. */
const lastTried: readonly Encoding[] = [
  ...(['cp949', 'shift_jis', 'windows-874', 'gb18030', 'big5', 'windows-1252'] as const),
];
/** Below it the detector has counted next to nothing. */
const leastConfidence = 11;

/**
 * The text of a subtitle file. `language` (BCP 47) is what its name says, if it does: its encodings
 * are tried first. Undefined when no encoding gives a text that reads like one.
 *
 * Decoded with iconv-lite and not with TextDecoder: under Node that is ICU, whose `euc-kr` is not the
 * CP949 of the Encoding Standard and loses syllables such as 뷁 and 쨰.
 */
export function decodeText(bytes: Uint8Array, language?: string): Decoded | undefined {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  for (const encoding of candidates(bytes, language)) {
    const decoded = decodeAs(bytes, encoding);
    if (decoded !== undefined && isPlausible(decoded.text, encoding)) return decoded;
  }
  return undefined;
}

/** The text in an encoding that somebody named; undefined where bytes of it do not belong there. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): Decoded | undefined {
  const text = iconv.decode(Buffer.from(bytes), encoding).replace(/^\ufeff/, '');
  return text.includes('\ufffd') ? undefined : { text, encoding };
}

function encodingOfMark([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function candidates(bytes: Uint8Array, language: string | undefined): Encoding[] {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return [wide];
  const guesses = chardet
    .analyse(bytes)
    .filter(({ confidence }) => confidence >= leastConfidence)
    .flatMap(({ name }) => encodingNamed(name) ?? [])
    .filter((encoding) => !encoding.startsWith('utf'));
  const named = language === undefined ? [] : encodingsOfLanguage(language);
  return [...new Set<Encoding>(['utf-8', ...named, ...guesses, ...lastTried])];
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
