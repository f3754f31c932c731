/** Controls, line separators and the marks that turn the direction of text around. */
const unsafe = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text from outside (file names, titles, messages) as one harmless line: controls are written out,
 * so that no name can move the cursor or fake a line, and Hangul in NFD is composed.
 */
export function safeText(text: string): string {
  return text.normalize('NFC').replace(unsafe, (found) => short[found] ?? escapeCode(found));
}

/** The value as one line of JSON that is safe on a terminal too (JSON leaves C1 controls as they are). */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, escapeCode);
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
