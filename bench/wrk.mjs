import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * As fast as the server can, by wrk: a client in Node would be the slower one of the two.
 * @param {{ origin: string, paths: readonly string[] }} server
 * @param {{ connections: number, seconds: number, directory: string, core: string }} how
 * @returns {Promise<import('./segment-client.mjs').Fetched>}
 */
export async function hurry({ origin, paths }, { connections, seconds, directory, core }) {
  const script = join(directory, 'wrk.lua');
  writeFileSync(script, luaOf(paths));
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, origin];
  const child = spawn('taskset', ['-c', core, 'wrk', ...load], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const [, segments, bytes, microseconds, errors, slowest] =
    /^ours (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(said) ?? [];
  if (segments === undefined || errors !== '0') throw new Error(`wrk was not answered: ${said}`);
  return {
    ...{ segments: Number(segments), bytes: Number(bytes), seconds: Number(microseconds) / 1e6 },
    ...{ slowestSeconds: Number(slowest) / 1e6, stalls: 0 },
  };
}

/** @param {readonly string[]} paths asked for one after the other */
function luaOf(paths) {
  return `local paths = { ${paths.map((path) => JSON.stringify(path)).join(', ')} }
local at = 0
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  print(string.format("ours %d %d %d %d %d",
    summary.requests, summary.bytes, summary.duration, failed, latency.max))
end
`;
}
