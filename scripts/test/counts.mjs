/**
 * @typedef {{ passed: number, failed: number, skipped: number, skippedNames: string[] }} Counts
 *
 * What is read of a report of Vitest's JSON reporter.
 * @typedef {{ fullName: string, status: string }} Assertion
 * @typedef {{ name: string, status: string, assertionResults: Assertion[] }} FileResult
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
  const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles.length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: skipped.length,
    skippedNames: skipped.map(({ fullName }) => fullName),
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
  };
}
