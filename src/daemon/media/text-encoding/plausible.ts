import iconv from 'iconv-lite';
import type { Encoding } from '../../../shared/text-encodings.js';

/** What a wrong encoding leaves behind: replacement characters, control codes, private use. */
const debris = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd\ue000-\uf8ff]/;
/**
 * No language writes these within a word of an alphabet; bytes of two-byte characters read one by one do. Korean and its
 * neighbours write `30m²짜리`, `설탕½컵`.
 */
const letter = String.raw`(?![\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L}`;
const withinWords = new RegExp(`${letter}[¤¦§¬®¯±²³µ¶¼½¾]${letter}`, 'u');
/** Of so few none need be common: `뷁`. */
const fewChars = 10;
/** Stands in text of any language: punctuation, music, forms of full width. */
const anywhere =
  /[\s\u00a0-\u00bf\u2000-\u206f\u20a0-\u20a9\u20ab-\u20bf\u2100-\u21ff\u25a0-\u26ff\u3000-\u3020\u30fb\uff01-\uff5e]/u;

const latin = /\p{Script=Latin}|\p{M}/u;
const scripts: Readonly<Record<Encoding, RegExp>> = {
  ...{ 'utf-8': /./u, 'utf-16le': /./u, 'utf-16be': /./u, cp949: /\p{Script=Hangul}/u },
  shift_jis: /[\u3040-\u30ff\p{Script=Han}]/u,
  'euc-jp': /[\u3040-\u30ff\p{Script=Han}]/u,
  ...{ gb18030: /\p{Script=Han}/u, big5: /\p{Script=Han}/u },
  ...{ 'windows-1250': latin, 'windows-1252': latin, 'windows-1254': latin },
  ...{ 'windows-1257': latin, 'windows-1258': latin },
  ...{ 'windows-1251': /\p{Script=Cyrillic}/u, 'koi8-r': /\p{Script=Cyrillic}/u },
  ...{ 'windows-1253': /\p{Script=Greek}/u, 'windows-1255': /[\u05d0-\u05ea]/u },
  ...{ 'windows-1256': /\p{Script=Arabic}/u, 'windows-874': /\p{Script=Thai}/u },
};

/** Replacement characters, control codes or private use: signs of a wrong encoding, or of no text. */
export function hasDebris(text: string): boolean {
  return debris.test(text);
}

/**
 * Whether a text reads as one that was written in this encoding: nothing of it is debris, and what
 * is not ASCII is of the script that the encoding is for. A wrong guess rarely passes. `isExpected`: its name says so.
 */
export function isPlausible(text: string, encoding: Encoding, isExpected = false): boolean {
  if (hasDebris(text) || withinWords.test(text)) return false;
  const foreign = Array.from(text).filter((char) => char > '\u007f' && !anywhere.test(char));
  if (foreign.length === 0) return true;
  const share = (isFitting: (char: string) => boolean) =>
    foreign.filter(isFitting).length / foreign.length;
  if (share((char) => scripts[encoding].test(char)) < 0.8) return false;
  switch (encoding) {
    case 'cp949':
      // Other encodings' bytes read as Hangul too, but not as syllables that Korean is made of.
      return (
        (isExpected && foreign.length < fewChars) ||
        share((char) => isCommon(char, encoding)) >= 0.3
      );
    case 'gb18030':
      return share((char) => isCommon(char, encoding)) >= 0.5;
    case 'shift_jis':
    case 'euc-jp':
      return share((char) => /[\u3040-\u30ff]/u.test(char)) >= 0.15;
    case 'windows-1250':
    case 'windows-1252':
    case 'windows-1254':
    case 'windows-1257':
    case 'windows-1258':
      return foreign.length <= letters(text) / 2;
    case 'windows-1251':
    case 'koi8-r':
      return !isCaseTurned(text);
    default:
      return true;
  }
}

/**
 * One of the 2,350 syllables of KS X 1001, or of the characters of GB 2312: what was there before the
 * encodings grew stands apart in them, both bytes above 0xa0.
 */
function isCommon(char: string, encoding: 'cp949' | 'gb18030'): boolean {
  const [lead = 0, trail = 0] = iconv.encode(char, encoding);
  return lead >= 0xb0 && lead <= (encoding === 'cp949' ? 0xc8 : 0xf7) && trail >= 0xa1;
}

function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0;
}

/** KOI8-R and Windows-1251 read as each other have small letters for capitals. */
function isCaseTurned(text: string): boolean {
  const turned = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return turned > (text.match(/\p{Lu}\p{Ll}/gu)?.length ?? 0);
}
