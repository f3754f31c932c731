import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a command whose output is talk: both of its streams go to stderr. Returns its exit code, or
 * 127 when it could not be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export async function runCommand(command, args, options = {}) {
  const shell = process.platform === 'win32'; // npm is npm.cmd there
  const child = spawn(command, args, { ...options, shell, stdio: ['ignore', 2, 2] });
  try {
    await once(child, 'exit');
    return child.exitCode ?? 1;
  } catch {
    return 127;
  }
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
