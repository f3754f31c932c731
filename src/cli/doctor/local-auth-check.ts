import type { Check } from './check.js';

/** Pure: whether programs on this computer are let in as its admin without a token. */
export function checkLocalAuth(isOpen: boolean): Check[] {
  if (!isOpen) return [];
  return [
    {
      name: 'access',
      level: 'warn',
      message: 'auth.local = open: whoever uses this computer may do everything without a token',
      advice:
        'Unless that is wanted, remove it from config.toml (or KDRAMA_AUTH_LOCAL) and restart.',
    },
  ];
}
