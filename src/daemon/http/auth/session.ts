import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { roles, type Role } from '../../../shared/states.js';
import type { Clock } from '../../clock.js';
import type { Viewer } from '../env.js';

export const sessionSeconds = 30 * 24 * 60 * 60;

const payload = z.object({ id: z.string(), role: z.enum(roles), exp: z.number() });

export type Sessions = ReturnType<typeof createSessions>;

/** Signed cookies: `payload.HMAC`. Nothing is stored; a new secret signs everybody out. */
export function createSessions(secret: Buffer, clock: Pick<Clock, 'now'>) {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    /** Of this home: cookies do not tell ports apart, so two daemons on one host need two names. */
    cookieName: `kdrama_${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`,
    issue(role: Role): { cookie: string; viewer: Viewer } {
      const exp = Math.floor(clock.now() / 1000) + sessionSeconds;
      const text = Buffer.from(JSON.stringify({ id: 'local', role, exp })).toString('base64url');
      return { cookie: `${text}.${sign(text)}`, viewer: { id: 'local', username: 'local', role } };
    },
    /** null for a cookie that this daemon did not sign or that has expired. */
    read(cookie: string): Viewer | null {
      const [text = '', signature = ''] = cookie.split('.', 2);
      if (!sameText(signature, sign(text))) return null;
      const { id, role, exp } = payload.parse(
        JSON.parse(Buffer.from(text, 'base64url').toString()),
      );
      return exp * 1000 > clock.now() ? { id, username: id, role } : null;
    },
  };
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
