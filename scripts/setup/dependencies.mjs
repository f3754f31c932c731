import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';
import { runCommand, say } from './run-command.mjs';
import { hashOf, isStamped, writeStamp } from './stamp.mjs';

const stamp = 'node_modules/.kdrama-installed';

/**
 * Installs what package-lock.json says, unless node_modules was made from the very same one by a
 * Node of the same ABI (better-sqlite3 is native). Throws when npm fails.
 */
export async function installDependencies() {
  const wanted = hashOf(['package-lock.json', '.npmrc'], process.versions.modules);
  if (isStamped(stamp, wanted)) return;
  say(
    'Installing dependencies. Where better-sqlite3 must be compiled, this takes a minute or two.',
  );
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runCommand('npm', args, {
    cwd: root,
    env: { ...process.env, ...nodeHeaders(process.env) },
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed with exit code ${code}`);
  writeStamp(stamp, wanted);
}

/**
 * node-gyp downloads Node's headers unless it is told where they lie; a Node that came with its own
 * is compiled against without asking the network.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function nodeHeaders(env) {
  if (env['npm_config_nodedir'] !== undefined) return {};
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}
