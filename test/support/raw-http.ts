import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends these bytes as they are and returns the status line and headers of the answer. */
export async function rawRequest(url: string, head: string, body = ''): Promise<string> {
  const socket = rawConnection(url);
  // Not ended: Node gives up an answer that is not ready when the client half-closes.
  socket.write(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
  return everything(socket);
}

export function rawConnection(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // What is refused early may be cut off while it is still being sent.
  return socket.on('error', () => undefined);
}

/** What comes until the server closes the connection. */
export async function everything(socket: Socket): Promise<string> {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answers that stand in these bytes, by their Content-Length; those of HEAD have no body. */
export function rawAnswers(text: string, isHead = false): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = text; rest !== '';) {
    const [, version, status] = /^HTTP\/(1\.[01]) (\d{3})[^\r\n]*\r\n/.exec(rest) ?? [];
    const end = rest.indexOf('\r\n\r\n');
    if (version === undefined || end < 0) throw new Error(`no answer: ${JSON.stringify(rest)}`);
    const lines = rest.slice(0, end).split('\r\n').slice(1);
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [name = '', ...value] = line.split(':');
        return [name.toLowerCase(), value.join(':').trim()];
      }),
    );
    const length = isHead ? 0 : Number(headers['content-length'] ?? 0);
    const body = rest.slice(end + 4, end + 4 + length);
    answers.push({ status: Number(status), headers, body });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}
