import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../setup/root.mjs';
import { countsOf } from './counts.mjs';

/**
 * Runs one stage with its output going where ours goes.
 * @param {import('./stages.mjs').Stage} stage
 * @returns {Promise<import('./counts.mjs').Counts>} a failed check is one failed test
 */
export function runStage(stage) {
  return 'project' in stage ? runTests(stage.project) : runChecks(stage.command);
}

/** @param {readonly string[][]} commands */
async function runChecks(commands) {
  let failed = 0;
  for (const command of commands) if ((await run(command)) !== 0) failed = 1;
  return { passed: 0, failed, skipped: 0, skippedNames: [], failures: [] };
}

/** @param {string} project */
async function runTests(project) {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-test-'));
  const file = join(directory, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await run(['node_modules/.bin/vitest', 'run', '--project', project, ...reporters]);
    return countsOf(readReport(file), code);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * @param {string} file
 * @returns {import('./counts.mjs').VitestReport | undefined} undefined when none was written
 */
function readReport(file) {
  try {
    return /** @type {import('./counts.mjs').VitestReport} */ (
      JSON.parse(readFileSync(file, 'utf8'))
    );
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} command */
async function run([command = '', ...args]) {
  const child = spawn(join(root, command), args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  try {
    await once(child, 'exit');
    return child.exitCode ?? 1;
  } catch {
    return 127; // could not be started
  }
}
