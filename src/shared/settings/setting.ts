import type { z } from 'zod';

/**
 * A setting of the daemon, described once: its key in config.toml, its variable, what it may be and what
 * it is when nobody says anything. `secret` ones are never shown.
 */
export interface Setting<Schema extends z.ZodType> {
  readonly key: string;
  readonly env: `KDRAMA_${string}`;
  readonly schema: Schema;
  /** How the text of the variable becomes a value that the schema takes. */
  readonly fromText: (text: string) => unknown;
  readonly secret: boolean;
  /** One line for people. */
  readonly about: string;
}

export type Kind<Schema extends z.ZodType> = Pick<Setting<Schema>, 'schema' | 'fromText'>;

export function setting<Schema extends z.ZodType>(
  key: string,
  env: `KDRAMA_${string}`,
  kind: Kind<Schema>,
  about: string,
  secret = false,
): Setting<Schema> {
  return { key, env, about, secret, ...kind };
}
