import type { Context } from 'hono';
import type { AppEnv } from '../env.js';

/** What a client prefers (RFC 7240): `wait=N` seconds, `respond-async`. */
export interface Preferences {
  /** 0 when it did not ask to wait; at most 60. */
  readonly waitSeconds: number;
  readonly respondAsync: boolean;
}

const longestWaitSeconds = 60;

export function readPrefer(header: string | undefined): Preferences {
  const wishes = (header ?? '').split(',').map((wish) => wish.trim().toLowerCase());
  const wait = wishes.map((wish) => /^wait="?(\d{1,6})"?$/.exec(wish)?.[1]).find(Boolean);
  return {
    waitSeconds: Math.min(Number(wait ?? 0), longestWaitSeconds),
    respondAsync: wishes.includes('respond-async'),
  };
}

/** Says which preference was honoured (RFC 7240, 3). */
export function applied(c: Context<AppEnv>, preference: string): void {
  c.header('Preference-Applied', preference, { append: true });
}
