/**
 * The parts of the daemon that a command runs in its own process. Loaded only by the commands that
 * need them: everything else talks to the daemon over HTTP and starts in a tenth of the time.
 */
export async function loadConfig(env: NodeJS.ProcessEnv, flags: { listen?: string } = {}) {
  const { readConfig } = await import('../../daemon/config.js');
  return readConfig(env, flags);
}

export type DaemonConfig = Awaited<ReturnType<typeof loadConfig>>;
