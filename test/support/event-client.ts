import type { TestDaemon } from './daemon.js';

/** An event as an EventSource dispatches it, or a comment. */
export interface Received {
  readonly id: string;
  /** `comment` for one. */
  readonly event: string;
  readonly data: string;
}

export interface EventClient {
  readonly response: Response;
  /** The next one; undefined when the stream has ended. */
  next(): Promise<Received | undefined>;
  /** Up to the first that is like this, which must come. */
  until(is: (received: Received) => boolean): Promise<Received[]>;
  /** All that comes until the stream ends. */
  rest(): Promise<Received[]>;
  /** What a browser would send as Last-Event-ID. */
  lastEventId(): string;
  close(): void;
}

/** Reads Server-Sent Events as the HTML standard has it. */
export async function listen(
  daemon: Pick<TestDaemon, 'fetch'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<EventClient> {
  const abort = new AbortController();
  const response = await daemon.fetch(path, { headers, signal: abort.signal });
  let lastEventId = '';
  const blocks = blocksOf(response);
  const next = async (): Promise<Received | undefined> => {
    for (;;) {
      const { value, done } = await blocks.next();
      if (done === true) return undefined;
      const received = parse(value, lastEventId);
      lastEventId = received.id;
      if (received.data !== '' || received.event === 'comment') return received;
    }
  };
  return {
    response,
    next,
    async until(is) {
      const all: Received[] = [];
      for (;;) {
        const received = await next();
        if (received === undefined) throw new Error(`it ended after ${JSON.stringify(all)}`);
        all.push(received);
        if (is(received)) return all;
      }
    },
    async rest() {
      const all: Received[] = [];
      for (let one = await next(); one !== undefined; one = await next()) all.push(one);
      return all;
    },
    lastEventId: () => lastEventId,
    close: () => abort.abort(),
  };
}

async function* blocksOf(response: Response): AsyncGenerator<string, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 2);
    }
  }
  return undefined;
}

function parse(block: string, before: string): Received {
  const received = { id: before, event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
    if (field === '') received.event = 'comment';
    if (field === 'id' || field === 'event' || field === 'data') received[field] = value ?? '';
  }
  return received;
}

/** Reads NDJSON; ends with the stream. */
export async function* lines(response: Response): AsyncGenerator<unknown, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    const whole = text.split('\n');
    text = whole.pop() ?? '';
    for (const line of whole) yield JSON.parse(line);
  }
  return undefined;
}
