import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends these bytes as they are and returns the status line and headers of the answer. */
export async function rawRequest(url: string, head: string, body = ''): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Not ended: Node gives up an answer that is not ready when the client half-closes.
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  await once(socket, 'close');
  return Buffer.concat(pieces).toString();
}
