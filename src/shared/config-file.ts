import { parse, TomlError } from 'smol-toml';
import { KdramaError } from './errors.js';
import { settingHint } from './similar-setting.js';
import { settingNames, settings } from './settings.js';

/**
 * Pure: what the text of a config.toml says, by dotted key. Throws CONFIG_INVALID naming `path` for
 * text that is no TOML and for keys that are none of ours.
 */
export function parseConfigFile(text: string, path: string): Map<string, unknown> {
  const values = flatten(parseToml(text, path));
  const known = settingNames.map((name) => settings[name].key);
  const unknown = [...values.keys()].filter((key) => !known.includes(key));
  const [first] = unknown;
  if (first === undefined) return values;
  const detail = `${path}: there is no setting ${unknown.join(', ')}`;
  throw new KdramaError('CONFIG_INVALID', detail, { hint: settingHint(first, known) });
}

function parseToml(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The rest of its words is the line itself, drawn over several.
    const [what] = error.message.split('\n');
    throw new KdramaError('CONFIG_INVALID', `${path}:${error.line}:${error.column}: ${what}`);
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
