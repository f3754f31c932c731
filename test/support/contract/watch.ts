import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { violation, type Exchange } from './validator.js';

const channel = 'http.server.request.start';
const keptBytes = 4 * 1024 * 1024;

export interface ContractWatch {
  readonly seen: () => number;
  /** Throws when an answer was not as the OpenAPI document says. */
  stop(): void;
}

/**
 * Reads along every answer of the server on this port of this process, as it is written, and compares
 * it with the OpenAPI document. The daemon itself does not know.
 */
export function watchContract(port: number): ContractWatch {
  const violations = new Set<string>();
  let seen = 0;
  const onRequest = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.socket.localPort !== port) return;
    readAlong(request, response, (exchange) => {
      seen += 1;
      const broken = violation(exchange);
      if (broken !== undefined) violations.add(broken);
    });
  };
  subscribe(channel, onRequest);
  return {
    seen: () => seen,
    stop() {
      unsubscribe(channel, onRequest);
      if (violations.size === 0) return;
      throw new Error(`answers that are not described:\n  ${[...violations].join('\n  ')}`);
    },
  };
}

/** Calls `tell` once the whole answer was handed to the socket; never for one that was cut off. */
function readAlong(
  request: IncomingMessage,
  response: ServerResponse,
  tell: (exchange: Exchange) => void,
): void {
  const { url = '' } = request;
  let contentType: string | undefined;
  let pieces: Buffer[] | undefined = [];
  let bytes = 0;
  const keep = (piece: unknown, encoding: unknown) => {
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) return;
    const buffer =
      typeof piece === 'string'
        ? Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(piece);
    bytes += buffer.length;
    if (bytes > keptBytes) pieces = undefined;
    pieces?.push(buffer);
  };
  const any = response as any;
  const { writeHead, write, end } = any;
  any.writeHead = (...given: any[]) => {
    const headers = given.findLast((each) => typeof each === 'object' && each !== null);
    contentType = headerOf(headers, 'content-type');
    return writeHead.apply(response, given);
  };
  any.write = (...given: any[]) => {
    keep(given[0], given[1]);
    return write.apply(response, given);
  };
  any.end = (...given: any[]) => {
    keep(given[0], given[1]);
    return end.apply(response, given);
  };
  response.once('finish', () => {
    tell({
      method: request.method ?? '', // now: X-HTTP-Method-Override may have changed it
      url,
      status: response.statusCode,
      contentType: contentType ?? response.getHeader('content-type')?.toString(),
      body: pieces === undefined ? undefined : Buffer.concat(pieces).toString('utf8'),
    });
  });
}

function headerOf(headers: unknown, name: string): string | undefined {
  const pairs = Array.isArray(headers) ? pairsOf(headers) : Object.entries(headers ?? {});
  return pairs.find(([each]) => each.toLowerCase() === name)?.[1]?.toString();
}

function pairsOf(flat: readonly unknown[]): [string, unknown][] {
  if (Array.isArray(flat[0])) return flat as [string, unknown][];
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [[String(name), flat[index + 1]] as [string, unknown]] : [],
  );
}
