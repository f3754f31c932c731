import type { Trust } from './trust.js';

/** One HTTP exchange, as every command sees it: implemented on node:http and on got. */
export type Request = (request: ApiRequest) => Promise<ApiResponse>;

export interface ApiRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Milliseconds without a byte before the daemon counts as unreachable. */
  readonly idleMs: number;
  /** Of a daemon that speaks TLS. */
  readonly trust?: Trust | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly text: string;
}
