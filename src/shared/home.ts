import { join } from 'node:path';

/** The platform's data directory for kdrama, unless KDRAMA_HOME says otherwise. */
export function defaultHome(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  userHome: string,
): string {
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', 'kdrama');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(userHome, 'AppData', 'Local'), 'kdrama');
  }
  return join(env['XDG_DATA_HOME'] ?? join(userHome, '.local', 'share'), 'kdrama');
}
