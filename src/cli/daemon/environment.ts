import { resolve } from 'node:path';
import type { Env } from '../deps.js';

/** Variables that name files; the daemon runs in another directory than the shell that started it. */
const paths = ['KDRAMA_MEDIA_DIR', 'KDRAMA_TLS_CERT', 'KDRAMA_TLS_KEY', 'KDRAMA_NOTIFY_TEMPLATE'];
const programs = ['KDRAMA_FFMPEG', 'KDRAMA_FFPROBE'];

/** The environment for a daemon that is started from `cwd`: the same, with absolute paths. */
export function daemonEnvironment(env: Env, home: string, cwd: string): Record<string, string> {
  const given = Object.entries(env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined;
  });
  const absolute = given.map(([name, value]): [string, string] =>
    namesFile(name, value) ? [name, resolve(cwd, value)] : [name, value],
  );
  return { ...Object.fromEntries(absolute), KDRAMA_HOME: home };
}

function namesFile(name: string, value: string): boolean {
  return paths.includes(name) || (programs.includes(name) && /[/\\]/.test(value));
}
