import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { kdramaPath, type CliHome, type Ended } from './cli.js';

/** Runs a line in bash as a user would type it, with `kdrama` on the PATH. */
export function bash(line: string, cli: Pick<CliHome, 'home'>): Promise<Ended> {
  const child = spawn('bash', ['-c', line], {
    cwd: cli.home,
    env: {
      ...process.env,
      KDRAMA_HOME: cli.home,
      KDRAMA_LISTEN: '127.0.0.1:0',
      PATH: `${dirname(kdramaPath)}:${process.env['PATH']}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (text.out += part.toString('utf8')));
  child.stderr.on('data', (part: Buffer) => (text.err += part.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...text }));
  });
}
