import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Check } from './check.js';

/** Whether a daemon could listen there now. Only asked when none of ours runs. */
export async function checkPort(listen: { hostname: string; port: number }): Promise<Check> {
  const address = `${listen.hostname}:${listen.port}`;
  const server = createServer().listen(listen.port, listen.hostname);
  try {
    await once(server, 'listening');
    return { name: 'port', level: 'ok', message: `${address} is free` };
  } catch (error) {
    return assessListenError((error as NodeJS.ErrnoException).code ?? 'unknown', address);
  } finally {
    server.close();
  }
}

/** Pure: what the failure to listen means. */
export function assessListenError(code: string, address: string): Check {
  const taken = code === 'EADDRINUSE';
  return {
    name: 'port',
    level: 'fail',
    message: taken
      ? `${address} is taken by another program`
      : `${address} cannot be used (${code})`,
    advice: 'Set KDRAMA_LISTEN=127.0.0.1:PORT to another one (0 takes a free one).',
  };
}
