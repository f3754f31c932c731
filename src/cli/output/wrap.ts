import { displayWidth, fitWidth } from './display-width.js';

export interface Wrapping {
  /** Between two parts on one line. */
  readonly between: string;
  /** Before every line but the first. */
  readonly indent: string;
}

/**
 * Pure: the parts on lines of at most so many columns. A part that is longer than a line is wrapped
 * at its spaces; a word that is longer is cut with an ellipsis.
 */
export function wrapParts(
  parts: readonly string[],
  columns: number,
  { between, indent }: Wrapping,
): string[] {
  const lines: string[] = [];
  let line = '';
  const add = (piece: string, separator: string) => {
    const longer = line === '' ? piece : `${line}${separator}${piece}`;
    if (line === '' || displayWidth(longer) <= columns) return (line = longer);
    lines.push(line);
    return (line = `${indent}${piece}`);
  };
  for (const part of parts) {
    const fitsAlone = displayWidth(indent + part) <= columns;
    const pieces = fitsAlone ? [part] : part.split(' ');
    pieces.forEach((piece, index) => add(piece, index === 0 ? between : ' '));
  }
  return [...lines, line].map((each) => fitWidth(each, columns));
}
