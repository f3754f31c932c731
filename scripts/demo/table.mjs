/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} method copied or encoded
 * @property {number} segments
 * @property {number} bytes
 * @property {number} seconds
 * @property {number | undefined} frames
 */

/**
 * What was fetched and checked, a line a rendition.
 * @param {readonly Row[]} rows
 * @returns {string}
 */
export function tableOf(rows) {
  const cells = rows.map((row) => [
    row.name,
    row.method,
    String(row.segments),
    row.bytes.toLocaleString('en'),
    row.seconds.toFixed(3),
    row.frames === undefined ? '' : String(row.frames),
  ]);
  const head = ['rendition', 'made', 'segments', 'bytes', 'seconds', 'frames'];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((line) => line[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * Words to the left, numbers to the right.
 * @param {string} cell
 * @param {number} width
 * @param {number} column
 */
function pad(cell, width, column) {
  return column < 2 ? cell.padEnd(width) : cell.padStart(width);
}
