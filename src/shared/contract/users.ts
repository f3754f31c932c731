import { z } from 'zod';
import { roles } from '../states.js';
import { sessionView } from './sessions.js';

/** Letters and digits of any script; enough to be an address of mail too. */
const username = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@-]{0,63}$/u,
    'expected 1 to 64 letters, digits and . _ @ -, beginning with a letter or digit',
  );
const newPassword = z.string().min(8).max(1024);
/** Of somebody else's making: whatever it is, it is compared. */
const givenPassword = z.string().max(1024);

export const userView = z.object({
  id: z.string(),
  username: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime(),
});
export type UserView = z.infer<typeof userView>;

export const userList = z.object({ users: z.array(userView) });
export type UserList = z.infer<typeof userList>;

export const newUserRequest = z.object({
  username,
  password: newPassword,
  role: z.enum(roles).default('user'),
});
export type NewUserRequest = z.input<typeof newUserRequest>;

export const changeUserRequest = z
  .strictObject({ password: newPassword, role: z.enum(roles) })
  .partial();
export type ChangeUserRequest = z.input<typeof changeUserRequest>;

export const loginRequest = z.object({ username: z.string().max(256), password: givenPassword });

/** `token` goes into `Authorization: Bearer`. */
export const signedInView = sessionView.extend({
  token: z.string(),
  expiresAt: z.iso.datetime(),
});
export type SignedInView = z.infer<typeof signedInView>;

export const changePasswordRequest = z.object({ currentPassword: givenPassword, newPassword });

/** The one answer that has its own shape, for `auth_request` of nginx and the like. */
export const validAnswer = z.object({
  valid: z.literal(true),
  /** Absent where nobody needs to be known: an open endpoint, a signed address. */
  user: sessionView.shape.user.optional(),
});
export const invalidAnswer = z.object({ valid: z.literal(false), error: z.string() });
