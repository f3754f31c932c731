/**
 * `command` passes or fails as a whole; `project` is one of vitest.config.ts, whose tests are counted.
 * @typedef {{ name: string, command: readonly string[][] } | { name: string, project: string }} Stage
 */

const bin = 'node_modules/.bin/';

/** @type {readonly Stage[]} */
const checks = [
  {
    name: 'format',
    command: [[`${bin}prettier`, '--check', '--cache', '--cache-strategy=content', '.']],
  },
  { name: 'lint', command: [[`${bin}oxlint`]] },
  {
    name: 'types',
    command: [
      [`${bin}tsc`, '-p', 'tsconfig.json', '--noEmit'],
      [`${bin}tsc`, '-p', 'tsconfig.test.json'],
      [`${bin}tsc`, '-p', 'tsconfig.web.json'],
    ],
  },
];

/**
 * @param {string} project
 * @returns {Stage}
 */
const tests = (project) => ({ name: project, project });

/** What `npm test`, `npm run test:fast` and `npm run test:slow` run, in order. */
export const stagesOf = {
  all: [...checks, ...['unit', 'integration', 'conformance', 'e2e', 'browser'].map(tests)],
  fast: [...checks, tests('unit')],
  slow: [tests('slow')],
};
