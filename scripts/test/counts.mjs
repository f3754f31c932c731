/**
 * A failed test and why, so that the end of a long log says it again.
 * @typedef {{ name: string, reason: string }} Failure
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} skippedNames
 * @property {Failure[]} failures fewer than `failed` where a run failed beside its tests
 *
 * What is read of a report of Vitest's JSON reporter.
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 * @typedef {object} FileResult
 * @property {string} name
 * @property {string} status
 * @property {string} [message] why the file could not be loaded
 * @property {Assertion[]} assertionResults
 * @typedef {{ testResults: FileResult[] }} VitestReport
 */

/**
 * Counts of one Vitest run. A file that could not even be loaded, and a run that failed beside its
 * tests (an unhandled rejection, no report at all), count as one failed test each.
 * @param {VitestReport | undefined} report
 * @param {number} exitCode of the run
 * @returns {Counts}
 */
export function countsOf(report, exitCode) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const skipped = tests.filter(({ status }) => !['passed', 'failed'].includes(status));
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failures = [
    ...tests
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages = [] }) => ({
        name: fullName,
        reason: failureMessages.join('\n'),
      })),
    ...brokenFiles.map(({ name, message = '' }) => ({ name, reason: message })),
  ];
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failures.length === 0 && exitCode !== 0 ? 1 : failures.length,
    skipped: skipped.length,
    skippedNames: skipped.map(({ fullName }) => fullName),
    failures,
  };
}

/**
 * @param {readonly Counts[]} parts
 * @returns {Counts}
 */
export function sumOf(parts) {
  return {
    passed: parts.reduce((sum, part) => sum + part.passed, 0),
    failed: parts.reduce((sum, part) => sum + part.failed, 0),
    skipped: parts.reduce((sum, part) => sum + part.skipped, 0),
    skippedNames: parts.flatMap((part) => part.skippedNames),
    failures: parts.flatMap((part) => part.failures),
  };
}
