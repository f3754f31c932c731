import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The absolute path of the first of these commands that PATH (or an absolute path itself) leads to;
 * undefined when there is none.
 * @param {readonly string[]} commands
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function firstOnPath(commands, env) {
  const directories = (env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  return commands
    .flatMap((command) =>
      command.startsWith('/') ? command : directories.map((directory) => join(directory, command)),
    )
    .find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
