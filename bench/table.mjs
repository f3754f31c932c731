/**
 * @typedef {object} Measurement
 * @property {string} what
 * @property {string} detail what the value was made of
 * @property {number} value
 * @property {number} [atMost] the target
 * @property {number} [atLeast] the target
 */

/**
 * A Markdown table of all measurements with their targets (design: medians of several rounds).
 * @param {readonly Measurement[]} measurements
 * @returns {string}
 */
export function tableOf(measurements) {
  const rows = measurements.map((measurement) => [
    measurement.what,
    measurement.detail,
    measurement.value.toFixed(2),
    targetOf(measurement),
    isMet(measurement) ? 'met' : 'MISSED',
  ]);
  const head = ['what', 'measured', 'value', 'target', ''];
  const lines = [head, head.map(() => '---'), ...rows];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map(
      (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
    )
    .join('\n');
}

/** @param {Measurement} measurement */
function targetOf({ atMost, atLeast }) {
  return atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
}

/**
 * @param {Measurement} measurement
 * @returns {boolean}
 */
export function isMet({ value, atMost = Infinity, atLeast = -Infinity }) {
  return value <= atMost && value >= atLeast;
}
