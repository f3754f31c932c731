import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} StageResult
 * @property {string} name
 * @property {import('./counts.mjs').Counts} counts
 * @property {boolean} isCheck passes or fails as a whole
 * @property {number} seconds
 */

/**
 * What is printed when all stages have run: a line a stage, the names of skipped tests,
 * and those of failed ones with the first lines of their reasons.
 * @param {readonly StageResult[]} results
 * @returns {string}
 */
export function summaryOf(results) {
  const lines = results.map(
    ({ name, seconds, ...result }) =>
      `  ${name.padEnd(12)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${verdictOf(result)}`,
  );
  const skipped = results.flatMap(({ name, counts }) =>
    counts.skippedNames.map((test) => `  skipped in ${name}: ${test}`),
  );
  const failed = results.flatMap(({ name, counts }) =>
    counts.failures.map((failure) => failedLines(name, failure).join('\n')),
  );
  return [...lines, ...skipped, ...failed].join('\n');
}

const reasonLines = 12;

/**
 * Each begins with `  failed in STAGE: `, so that one `grep` finds them.
 * @param {string} stage
 * @param {import('./counts.mjs').Failure} failure
 */
function failedLines(stage, { name, reason }) {
  const why = stripVTControlCharacters(reason).split('\n').slice(0, reasonLines);
  return [name, ...why.map((line) => `  ${line}`)].map((line) => `  failed in ${stage}: ${line}`);
}

/** @param {Pick<StageResult, 'counts' | 'isCheck'>} result */
function verdictOf({ counts, isCheck }) {
  if (isCheck) return counts.failed === 0 ? 'ok' : 'FAILED';
  const failed = counts.failed === 0 ? '0 failed' : `${counts.failed} FAILED`;
  return `${counts.passed} passed, ${failed}, ${counts.skipped} skipped`;
}

/**
 * The last line of every test command; scripts read it.
 * @param {import('./counts.mjs').Counts} total
 * @returns {string}
 */
export function lastLine(total) {
  return `tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
}
