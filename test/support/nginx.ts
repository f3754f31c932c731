/** A real nginx in the foreground, with the configurations that the documentation has. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

/** Goes into `http { … }`: where it may write without being root. */
export const temporaryPaths = `
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;`;

export interface Nginx {
  /** What relative paths in the configuration start from. */
  readonly directory: string;
  close(): Promise<void>;
}

/** Resolves when it takes connections at `port`. Throws what it complains of. */
export async function startNginx(configuration: string, port: number): Promise<Nginx> {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-nginx-'));
  const foreground = 'daemon off; master_process off; pid nginx.pid; error_log stderr;';
  writeFileSync(join(directory, 'nginx.conf'), configuration);
  const words = ['-p', directory, '-c', 'nginx.conf', '-g', foreground];
  const child = spawn('nginx', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (piece: Buffer) => (complaints += piece.toString()));
  while (!(await takesConnections(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${complaints}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    directory,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isThere = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isThere;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
