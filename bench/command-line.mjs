import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { OwnDaemon } from '../scripts/own-daemon.mjs';
import { root } from '../scripts/setup/root.mjs';
import { median } from './median.mjs';

const runs = 21;

/**
 * `kdrama status` against a Node that does nothing, one after the other.
 * @returns {Promise<import('./table.mjs').Measurement[]>}
 */
export async function measureStatus() {
  const daemon = new OwnDaemon();
  try {
    await daemon.start();
    /** @type {number[]} */
    const ours = [];
    /** @type {number[]} */
    const bare = [];
    for (let run = 0; run < runs; run++) {
      bare.push(wallMs(['-e', '0'], process.env));
      ours.push(wallMs([join(root, 'bin/kdrama'), 'status'], daemon.env));
    }
    return [
      {
        what: 'kdrama status / node -e 0',
        detail: `${median(ours).toFixed(0)} ms / ${median(bare).toFixed(0)} ms`,
        value: median(ours) / median(bare),
        atMost: 1.7,
      },
    ];
  } finally {
    await daemon.remove();
  }
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function wallMs(args, env) {
  const startedMs = performance.now();
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${status}`);
  return performance.now() - startedMs;
}
