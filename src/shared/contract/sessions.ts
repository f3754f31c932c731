import { z } from 'zod';
import { roles } from '../states.js';

/** POST /auth/codes: a one-time code and the address that signs a browser in with it. */
export const signInCode = z.object({
  /** `ABCD-EFGH`; may be typed in lower case and without the hyphen. */
  code: z.string(),
  url: z.string(),
  expiresAt: z.iso.datetime(),
});
export type SignInCode = z.infer<typeof signInCode>;

/** POST /auth/codes may say what the browser will be allowed; the body may be left out. */
export const signInRequest = z.object({ role: z.enum(roles).default('user') });

/** POST /auth/session: spend a code, or name and password, for the cookie. */
export const sessionRequest = z.union([
  z.strictObject({ code: z.string().max(128) }),
  z.strictObject({ username: z.string().max(128), password: z.string().max(1024) }),
]);

/** Who is signed in. */
export const sessionView = z.object({
  user: z.object({ id: z.string(), username: z.string(), role: z.enum(roles) }),
});
export type SessionView = z.infer<typeof sessionView>;

/** A browser or player that was paired or signed in. */
export const deviceView = z.object({
  id: z.string(),
  /** What it said of itself: "Safari on iPhone". */
  name: z.string(),
  role: z.enum(roles),
  /** Who signed in on it; null when it was paired with a code. */
  userId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
});
export type DeviceView = z.infer<typeof deviceView>;

export const deviceList = z.object({ devices: z.array(deviceView) });
export type DeviceList = z.infer<typeof deviceList>;
