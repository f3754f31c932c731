import { KdramaError } from './errors.js';

export interface ListenAddress {
  readonly hostname: string;
  readonly port: number;
}

/** `host:port`, `[v6]:port`, `host` (port 7474) or `:port` (loopback). */
export function parseListen(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[3] ?? 7474);
  if (match === null || port > 65_535) {
    throw new KdramaError('CONFIG_INVALID', `expected KDRAMA_LISTEN as HOST:PORT, got ${text}`);
  }
  return { hostname: match[1] ?? (match[2] || '127.0.0.1'), port };
}

/** As `parseListen` reads it. */
export function formatListen({ hostname, port }: ListenAddress): string {
  return `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}
