import { z } from 'zod';
import { roles } from '../states.js';

/** GET /health: open, for monitors and for the command line's start and stop. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  apiVersion: z.literal('v1'),
  pid: z.number().int(),
  instanceId: z.string(),
  startedAt: z.iso.datetime(),
  /** false when no working ffmpeg was found: uploads are kept, transcodes wait for one. */
  ffmpeg: z.boolean(),
});
export type Health = z.infer<typeof health>;

/** POST /auth/codes: an address that signs a browser in, once. */
export const signInCode = z.object({
  code: z.string(),
  url: z.string(),
  expiresAt: z.iso.datetime(),
});
export type SignInCode = z.infer<typeof signInCode>;

/** POST /auth/codes may say what the browser will be allowed; the body may be left out. */
export const signInRequest = z.object({ role: z.enum(roles).default('user') });

/** POST /auth/session: spend a code for the cookie. GET: who am I. */
export const sessionRequest = z.object({ code: z.string().max(128) });
export const sessionView = z.object({
  user: z.object({ id: z.string(), username: z.string(), role: z.enum(roles) }),
});
export type SessionView = z.infer<typeof sessionView>;
