import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuSeconds } from './cpu.mjs';

/** @typedef {{ cpu: number, wall: number }} Cost both in seconds */

/**
 * What running a program to its end costs. Run one at a time: the CPU is that of all children that
 * this process waited for meanwhile. Throws when it does not exit with 0.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Cost>}
 */
export async function timedRun(command, args, options = {}) {
  const before = cpuSeconds('self').children;
  const startedMs = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
  const wall = (performance.now() - startedMs) / 1000;
  if (child.exitCode !== 0) throw new Error(`${command} ended with exit code ${child.exitCode}`);
  return { cpu: cpuSeconds('self').children - before, wall };
}
