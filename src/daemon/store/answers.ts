import type { Connection } from './open.js';

/** Under what an answer is remembered. */
export interface AnswerName {
  readonly viewer: string;
  readonly operation: string;
  readonly key: string;
}

export interface StoredAnswer {
  /** SHA-256 of the request that it answers. */
  readonly request: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Row {
  request: string;
  status: number;
  headers: string;
  body: string;
}

export type AnswerStore = ReturnType<typeof answerStore>;

export function answerStore(connection: Connection) {
  const find = connection.prepare<[AnswerName & { since: number }], Row>(
    `SELECT request, status, headers, body FROM answers
     WHERE viewer = @viewer AND operation = @operation AND key = @key AND created_at > @since`,
  );
  const put = connection.prepare(
    `INSERT OR REPLACE INTO answers
       (viewer, operation, key, request, status, headers, body, created_at)
     VALUES (@viewer, @operation, @key, @request, @status, @headers, @body, @now)`,
  );
  const forget = connection.prepare(`DELETE FROM answers WHERE created_at <= ?`);
  return {
    /** Only one that was stored after `since`. */
    find(name: AnswerName, since: number): StoredAnswer | undefined {
      const row = find.get({ ...name, since });
      return row && { ...row, headers: JSON.parse(row.headers) as Record<string, string> };
    },
    put(name: AnswerName, answer: StoredAnswer, now: number): void {
      put.run({ ...name, ...answer, headers: JSON.stringify(answer.headers), now });
    },
    /** Drops what was stored until then. */
    forget: (until: number): number => forget.run(until).changes,
  };
}
