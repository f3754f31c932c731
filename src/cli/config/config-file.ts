import { isDeepStrictEqual } from 'node:util';
import { parse, patch } from '@decimalturn/toml-patch';
import type { ConfigView } from '../../shared/contract/index.js';
import { parseConfigFile } from '../../shared/config-file.js';
import { checked, effectiveSettings } from '../../shared/effective-settings.js';
import { KdramaError } from '../../shared/errors.js';
import { parseListen } from '../../shared/listen-address.js';
import { settingNames, settings, type SettingName } from '../../shared/settings.js';
import { shownSetting } from '../../shared/shown-setting.js';
import type { Env } from '../deps.js';
import { noSuchSetting } from './no-such-setting.js';

/** Loaded late: settings are checked by zod, which costs 90 ms. */

/** A config.toml: what it says and where it lies. */
export interface ConfigFile {
  readonly text: string;
  readonly path: string;
}

/**
 * Pure: the text of the file with one setting changed, and all else, comments too, as it was. An
 * empty word removes it. Throws CONFIG_INVALID, as the daemon would, for a value it does not take.
 */
export function withSetting({ text, path }: ConfigFile, key: string, word: string): string {
  const name = settingNamed(key);
  const { fromText } = settings[name];
  const value: unknown = word === '' ? undefined : fromText(word);
  asTyped(() => {
    checked(name, value, 'flag', key, word);
    if (name === 'listen' && word !== '') parseListen(word);
  });
  const wanted = parseConfigFile(text, path);
  if (value === undefined) wanted.delete(key);
  else wanted.set(key, value);
  const patched = patch(text, changed(parse(text) as Table, key.split('.'), value));
  const written = patched === '' || patched.endsWith('\n') ? patched : `${patched}\n`;
  const file = parseConfigFile(written, path);
  if (!isDeepStrictEqual(sorted(file), sorted(wanted))) {
    throw new KdramaError('CONFIG_INVALID', `${path}: ${key} cannot be changed in there`, {
      hint: 'Change it with an editor; nothing was written.',
    });
  }
  effectiveSettings({ env: {}, flags: {}, file, path });
  return written;
}

/** Pure: what a daemon that starts now would run with, as a running one says it. */
export function settingsOf({ text, path }: ConfigFile, env: Env): ConfigView['settings'] {
  const file = parseConfigFile(text, path);
  const { values, origins } = effectiveSettings({ env, flags: {}, file, path });
  return settingNames.map((name) => {
    const { key, env: variable, about, secret } = settings[name];
    const value = shownSetting(values, name);
    const facts = { key, env: variable, about, isSecret: secret, origin: origins[name] };
    return { ...facts, value: secret ? null : value, isSet: value !== null };
  });
}

type Table = Readonly<Record<string, unknown>>;

function changed(table: Table, [first = '', ...rest]: readonly string[], value: unknown): Table {
  if (rest.length > 0) {
    return { ...table, [first]: changed((table[first] ?? {}) as Table, rest, value) };
  }
  const { [first]: _, ...others } = table;
  return value === undefined ? others : { ...table, [first]: value };
}

function sorted(values: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function settingNamed(key: string): SettingName {
  const found = settingNames.find((name) => settings[name].key === key);
  if (found !== undefined) return found;
  throw noSuchSetting(
    key,
    settingNames.map((name) => settings[name].key),
  );
}

/** What is wrong with what was typed is mended where it was typed, and not in a file. */
function asTyped(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof KdramaError)) throw error;
    const { code, message } = error;
    const hint = 'Correct the value and run it again; nothing was written.';
    throw new KdramaError(code, undefined, { message, hint, cause: error });
  }
}
