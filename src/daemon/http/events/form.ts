import type { JobEvent, StreamNote } from '../../../shared/contract/index.js';
import { toSnakeCase } from '../request/snake-case.js';

export type Line = JobEvent | StreamNote;

/** How a stream is written. */
export interface Form {
  readonly contentType: string;
  /** What comes before everything else; tells where the stream stands where no line does. */
  opening(id: number): string;
  line(line: Line): string;
}

/** Milliseconds after which an EventSource connects again. */
const retryMs = 2000;

/**
 * Server-Sent Events. An id without data is no event, and yet what a browser sends back: so no
 * disconnection loses anything, not even one before the first event.
 */
function sse(written: (line: Line) => unknown): Form {
  return {
    contentType: 'text/event-stream',
    opening: (id) => `retry: ${retryMs}\nid: ${id}\n\n`,
    line(line) {
      if (line.type === 'heartbeat') return ': heartbeat\n\n';
      const { data } = written(line) as Line;
      return `id: ${line.id}\nevent: ${line.type}\ndata: ${JSON.stringify(data)}\n\n`;
    },
  };
}

/** One JSON object a line. */
function ndjson(written: (line: Line) => unknown): Form {
  return {
    contentType: 'application/x-ndjson',
    opening: () => '',
    line: (line) => `${JSON.stringify(written(line))}\n`,
  };
}

const asIs = (line: Line) => line;
const forms = {
  camelCase: { sse: sse(asIs), ndjson: ndjson(asIs) },
  snakeCase: { sse: sse(toSnakeCase), ndjson: ndjson(toSnakeCase) },
};

/** By what the client accepts and, for `/job/…`, in that family's words. */
export function formFor(accept: string | undefined, isSnakeCase: boolean): Form {
  const family = forms[isSnakeCase ? 'snakeCase' : 'camelCase'];
  const types = (accept ?? '').toLowerCase();
  const wantsLines = /application\/(x-)?ndjson/.test(types) && !types.includes('event-stream');
  return wantsLines ? family.ndjson : family.sse;
}
