import type { Check } from './check.js';

const oldest = [20, 19] as const;

/** Pure: whether this Node can run kdrama. `version` as in process.version. */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (isNewEnough) return { name: 'node', level: 'ok', message: version };
  return {
    name: 'node',
    level: 'fail',
    message: `${version} is older than ${oldest.join('.')}`,
    advice: 'Install Node 20.19 or newer.',
  };
}
