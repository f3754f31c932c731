import type { Server, Socket } from 'node:net';

/** Counts bytes where they are counted anyway, in the sockets: no request pays for it. */
export class Traffic {
  readonly #open = new Set<Socket>();
  #bytesIn = 0;
  #bytesOut = 0;

  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => {
        this.#open.delete(socket);
        this.#bytesIn += socket.bytesRead;
        this.#bytesOut += socket.bytesWritten;
      });
    });
  }

  /** Of all connections since the start, with TLS and headers, as on the wire. */
  read(): { bytesIn: number; bytesOut: number; connections: number } {
    let [bytesIn, bytesOut] = [this.#bytesIn, this.#bytesOut];
    for (const socket of this.#open) {
      bytesIn += socket.bytesRead;
      bytesOut += socket.bytesWritten;
    }
    return { bytesIn, bytesOut, connections: this.#open.size };
  }
}
