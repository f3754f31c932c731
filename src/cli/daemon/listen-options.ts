import { resolve } from 'node:path';
import type { Command } from 'commander';

/** Who may reach the daemon, and how: over KDRAMA_* and config.toml, named as its settings are. */
export interface ListenOptions {
  /** HOST:PORT. */
  readonly listen?: string;
  readonly lan?: boolean;
  readonly openViewing?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

export function withListenOptions(command: Command): Command {
  return command
    .option('--listen <host:port>', 'what to bind; 0.0.0.0 for everyone on the network')
    .option('--lan', 'let everyone on the network reach it; watching takes a code or a password')
    .option('--open-viewing', 'let everyone at home watch without signing in')
    .option('--tls-cert <file>', 'speak TLS with this certificate (PEM)')
    .option('--tls-key <file>', 'its private key (PEM)');
}

/** The same as variables for a daemon that is a process of its own. */
export function listenEnvironment(options: ListenOptions, cwd: string): Record<string, string> {
  const { listen, lan, openViewing, tlsCert, tlsKey } = options;
  return {
    ...(listen !== undefined && { KDRAMA_LISTEN: listen }),
    ...(lan && { KDRAMA_LAN: 'true' }),
    ...(openViewing && { KDRAMA_OPEN_VIEWING: 'true' }),
    ...(tlsCert !== undefined && { KDRAMA_TLS_CERT: resolve(cwd, tlsCert) }),
    ...(tlsKey !== undefined && { KDRAMA_TLS_KEY: resolve(cwd, tlsKey) }),
  };
}
