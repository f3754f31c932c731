import { KdramaError } from './errors.js';
import { parseListen, type ListenAddress } from './listen-address.js';
import { settingNames, settings, type SettingName, type SettingValues } from './settings.js';

/** Where the value of a setting comes from, the strongest first. */
export type Origin = 'flag' | 'environment' | 'file' | 'default';

/** What flags of the command line say, by the name of the setting. */
export type Flags = { readonly [Name in SettingName]?: SettingValues[Name] | undefined };

export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Flags;
  /** Of config.toml, by dotted key. */
  readonly file: ReadonlyMap<string, unknown>;
  readonly path: string;
}

export interface EffectiveSettings {
  readonly values: Omit<SettingValues, 'listen'> & { readonly listen: ListenAddress };
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/**
 * Pure: flags over `KDRAMA_*` over `config.toml` over defaults. Throws CONFIG_INVALID naming the file
 * or variable.
 */
export function effectiveSettings(sources: Sources): EffectiveSettings {
  const found = settingNames.map((name) => [name, valueOf(name, sources)]);
  const values = Object.fromEntries(found) as Record<SettingName, Found>;
  const pick = <Part extends keyof Found>(part: Part) =>
    Object.fromEntries(settingNames.map((name) => [name, values[name][part]]));
  const { listen, ...others } = pick('value') as unknown as SettingValues;
  const origins = pick('origin') as EffectiveSettings['origins'];
  return { values: { ...others, listen: parseListen(listen) }, origins };
}

export interface Found {
  readonly value: unknown;
  readonly origin: Origin;
}

function valueOf(name: SettingName, { env, flags, file, path }: Sources): Found {
  const { key, env: variable, fromText } = settings[name];
  const text = env[variable];
  // Read even where something stronger is said: a mistake in it is named now, not some day.
  const written = file.has(key)
    ? checked(name, file.get(key), 'file', `${path}: ${key}`)
    : undefined;
  if (flags[name] !== undefined) return checked(name, flags[name], 'flag', key);
  // An empty variable is how shells and service files say "not set".
  if (text !== undefined && text !== '') {
    return checked(name, fromText(text), 'environment', variable, text);
  }
  return written ?? checked(name, undefined, 'default', key);
}

/** One value, by the rule of its setting. `said` is what was written, where that is not the value itself. */
export function checked(
  name: SettingName,
  value: unknown,
  origin: Origin,
  where: string,
  said = value,
): Found {
  const { schema, secret, about } = settings[name];
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, origin };
  const reason = parsed.error.issues.map(({ message }) => message).join('; ');
  const got = secret ? '' : `, got ${JSON.stringify(said)}`;
  throw new KdramaError('CONFIG_INVALID', `${where}: ${reason}${got} (${about})`, {
    cause: parsed.error,
  });
}
