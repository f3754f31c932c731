import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedWebhook {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** How many with this webhook-id have come, this one included. */
  readonly attempt: number;
}

export type Answer = (webhook: ReceivedWebhook, response: ServerResponse) => void;

export interface WebhookTarget {
  readonly url: string;
  readonly port: number;
  readonly received: readonly ReceivedWebhook[];
  /** Resolves with what was received as soon as that is enough. */
  until(isEnough: (received: readonly ReceivedWebhook[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

export const ok: Answer = (_webhook, response) => response.writeHead(204).end();

/** A real server on loopback that writes down what it is told. Removed after the test. */
export async function webhookTarget(answer: Answer = ok, port = 0): Promise<WebhookTarget> {
  const received: ReceivedWebhook[] = [];
  const lookers = new Set<() => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const id = headers['webhook-id'];
      const attempt = 1 + received.filter((each) => each.headers['webhook-id'] === id).length;
      const webhook = { method, path, headers, body, attempt };
      received.push(webhook);
      answer(webhook, response);
      for (const look of lookers) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    port: address.port,
    received,
    until: (isEnough) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isEnough(received)) return;
          lookers.delete(look);
          resolve();
        };
        lookers.add(look);
        look();
      }),
    close,
  };
}
