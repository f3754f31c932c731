import { createApiKeys } from './api-keys.js';
import { createPasswords, type ScryptCost } from './passwords.js';
import { createSignIns, type SignInParts } from './sign-ins.js';
import { createUsers } from './users.js';

export type Accounts = ReturnType<typeof createAccounts>;

/** Everything by which people and programs are known, built once. */
export function createAccounts(parts: SignInParts & { readonly cost?: ScryptCost }) {
  const passwords = createPasswords(parts.cost);
  return {
    users: createUsers({ ...parts, passwords }),
    signIns: createSignIns(parts),
    apiKeys: createApiKeys(parts),
  };
}
