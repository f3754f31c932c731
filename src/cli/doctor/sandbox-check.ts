import type { RunProgram } from '../host/host.js';
import type { Check } from './check.js';

/** Whether bubblewrap could shut ffmpeg in here. Only Linux has it. */
export async function checkSandbox(platform: NodeJS.Platform, run: RunProgram): Promise<Check[]> {
  if (platform !== 'linux') return [];
  const { exitCode } = await run('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true']);
  return [assessSandbox(exitCode)];
}

/** Pure. The daemon does not start ffmpeg in it yet: there is nothing that somebody has to do. */
export function assessSandbox(exitCode: number): Check {
  const found = {
    0: 'bubblewrap works here',
    127: 'bubblewrap is not installed',
  }[exitCode];
  const message = `ffmpeg runs without one (${found ?? 'bubblewrap is not allowed to work here'})`;
  return { name: 'sandbox', level: 'ok', message };
}
