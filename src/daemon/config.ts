import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'smol-toml';
import { KdramaError } from '../shared/errors.js';
import { defaultHome } from '../shared/home.js';
import { parseTemplate, type WebhookTemplate } from './notify/template.js';
import { settingNames, settings, type SettingName, type SettingValues } from './settings.js';

/** Where the value of a setting comes from, the strongest first. */
export type Origin = 'flag' | 'environment' | 'file' | 'default';

/** The effective configuration. */
export interface Config extends Omit<SettingValues, 'listen'> {
  readonly home: string;
  readonly listen: { readonly hostname: string; readonly port: number };
  /** What notify.template says; its headers may hold secrets. */
  readonly webhookTemplate: WebhookTemplate | undefined;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** What flags of the command line say, by the name of the setting. */
export type Flags = { readonly [Name in SettingName]?: SettingValues[Name] | undefined };

/**
 * The effective configuration: flags over `KDRAMA_*` over `config.toml` over defaults. Throws
 * CONFIG_INVALID naming the file or variable.
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: Flags = {}): Config {
  const home = env['KDRAMA_HOME'] ?? defaultHome(process.platform, env, homedir());
  const path = join(home, 'config.toml');
  const file = readConfigFile(path);
  const found = settingNames.map((name) => [name, valueOf(name, { env, flags, file, path })]);
  const values = Object.fromEntries(found) as Record<SettingName, Found>;
  const pick = <Part extends keyof Found>(part: Part) =>
    Object.fromEntries(settingNames.map((name) => [name, values[name][part]]));
  const { listen, ...others } = pick('value') as unknown as SettingValues;
  const origins = pick('origin') as Config['origins'];
  const { notifyTemplate } = others;
  const webhookTemplate =
    notifyTemplate === undefined ? undefined : readTemplate(resolve(home, notifyTemplate), env);
  return {
    home,
    ...others,
    webhookTemplate,
    listen: openedTo(others.lan, parseListen(listen)),
    origins,
  };
}

interface Found {
  readonly value: unknown;
  readonly origin: Origin;
}

interface Sources {
  readonly env: NodeJS.ProcessEnv;
  readonly flags: Flags;
  /** Of config.toml, by dotted key. */
  readonly file: ReadonlyMap<string, unknown>;
  readonly path: string;
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

/** `said` is what was written, where that is not the value itself. */
function checked(
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

function readTemplate(path: string, env: NodeJS.ProcessEnv): WebhookTemplate {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new KdramaError('CONFIG_INVALID', `notify.template: cannot read ${path}`, {
      cause: error,
    });
  }
  return parseTemplate(text, env);
}

function readConfigFile(path: string): Map<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new KdramaError('CONFIG_INVALID', `cannot read ${path}`, { cause: error });
  }
  const values = flatten(parseToml(text, path));
  const known = settingNames.map((name) => settings[name].key);
  const unknown = [...values.keys()].filter((key) => !known.includes(key));
  if (unknown.length === 0) return values;
  const detail = `${path}: expected keys among ${known.join(', ')}, got ${unknown.join(', ')}`;
  throw new KdramaError('CONFIG_INVALID', detail);
}

function parseToml(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    throw new KdramaError('CONFIG_INVALID', `${path}: ${String(error)}`, { cause: error });
  }
}

/** Tables become dotted keys. */
function flatten(table: Readonly<Record<string, unknown>>, prefix = ''): Map<string, unknown> {
  const entries = Object.entries(table).flatMap(([key, value]) =>
    isTable(value) ? [...flatten(value, `${prefix}${key}.`)] : [[prefix + key, value] as const],
  );
  return new Map(entries);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Everybody on the network, unless the address says already who. */
function openedTo(lan: boolean, listen: Config['listen']): Config['listen'] {
  const isThisMachine = /^(localhost|127(\.\d+){3}|::1)$/.test(listen.hostname);
  return lan && isThisMachine ? { ...listen, hostname: '0.0.0.0' } : listen;
}

/** `host:port`, `[v6]:port`, `host` (port 7474) or `:port` (loopback). */
export function parseListen(text: string): Config['listen'] {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[3] ?? 7474);
  if (match === null || port > 65_535) {
    throw new KdramaError('CONFIG_INVALID', `expected KDRAMA_LISTEN as HOST:PORT, got ${text}`);
  }
  return { hostname: match[1] ?? (match[2] || '127.0.0.1'), port };
}
