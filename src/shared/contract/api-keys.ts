import { z } from 'zod';
import { scopes } from '../scopes.js';
import { roles } from '../states.js';

export const apiKeyView = z.object({
  /** The prefix: the key begins with `kd_ID_`. */
  id: z.string(),
  name: z.string(),
  /** Whose requests it makes; null: it stands for itself, and owns what it uploads. */
  userId: z.string().nullable(),
  role: z.enum(roles),
  /** null: all that its role may, except keys, users and devices. */
  scopes: z.array(z.enum(scopes)).nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiKeyView = z.infer<typeof apiKeyView>;

export const apiKeyList = z.object({ tokens: z.array(apiKeyView) });
export type ApiKeyList = z.infer<typeof apiKeyList>;

export const newApiKeyRequest = z.object({
  name: z.string().trim().min(1).max(100),
  /** At most one's own; absent: one's own, and `uploader` for a key of an admin. */
  role: z.enum(roles).optional(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  /** Absent: until it is revoked. */
  expiresInDays: z.number().int().min(1).max(3650).optional(),
  /** Whose it shall be, by name; for admins. */
  username: z.string().max(256).optional(),
});
export type NewApiKeyRequest = z.input<typeof newApiKeyRequest>;

/** `token` is shown this once. */
export const newApiKeyView = apiKeyView.extend({ token: z.string() });
export type NewApiKeyView = z.infer<typeof newApiKeyView>;
