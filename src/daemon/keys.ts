import { randomBytes } from 'node:crypto';
import type { SecretStore } from './store/secrets.js';

/** A signing key of this home, made on first use and kept. */
export function keyNamed(
  secrets: SecretStore,
  name: 'session' | 'stream' | 'webhook' | 'jwt',
): Buffer {
  const present = secrets.get(name);
  if (present !== undefined) return present;
  const made = randomBytes(32);
  secrets.put(name, made);
  return made;
}
