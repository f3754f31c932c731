import { stripVTControlCharacters } from 'node:util';

/** East Asian Width W and F (Unicode TR 11), coarsely: what a Korean title and an emoji need. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
/** Marks and the medial and final jamo of decomposed Hangul stand on the letter before them. */
const zero = /[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]/u;

/** How many columns of a terminal a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** How many rows of a terminal this line takes, which may have colours. */
export function rowsOf(line: string, columns: number): number {
  let [rows, width] = [1, 0];
  for (const character of stripVTControlCharacters(line)) {
    const more = columnsOf(character);
    // A wide character is not torn: the last column stays empty.
    if (width + more > columns) [rows, width] = [rows + 1, 0];
    width += more;
  }
  return rows;
}

/** The text, cut to so many columns with an ellipsis where it is longer. */
export function fitWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let fitting = '';
  let width = 1;
  for (const character of text) {
    width += columnsOf(character);
    if (width > columns) break;
    fitting += character;
  }
  return `${fitting}…`;
}

function columnsOf(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
