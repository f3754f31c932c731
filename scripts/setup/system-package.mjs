import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { installSteps } from './package-manager.mjs';
import { runCommand, say } from './run-command.mjs';

/**
 * Installs a system package where that needs no password: announced first, and asked for where a
 * person sits at the terminal. Returns whether it was installed.
 * @param {'ffmpeg' | 'browser'} what
 * @param {string} why
 * @returns {Promise<boolean>}
 */
export async function installSystemPackage(what, why) {
  const found = installSteps(what, {
    env: process.env,
    isRoot: process.getuid?.() === 0,
    hasFreeSudo: () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
  });
  if (found === undefined) return false;
  const commands = found.steps.map((step) => step.join(' ')).join(' && ');
  say(`${why} Installing the system package "${found.name}": ${commands}`);
  if (!(await isAgreed())) return false;
  return runAll(found.steps);
}

/** @param {readonly string[][]} steps */
async function runAll(steps) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [command, ...args] of steps) {
    if (command === undefined || (await runCommand(command, args, { env })) !== 0) return false;
  }
  return true;
}

async function isAgreed() {
  if (!process.stdin.isTTY || !process.stderr.isTTY || process.env['CI']) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Go ahead? [Y/n] ');
  terminal.close();
  return /^(y|yes)?$/i.test(answer.trim());
}
