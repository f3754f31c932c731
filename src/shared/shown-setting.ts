import type { EffectiveSettings } from './effective-settings.js';
import { formatListen } from './listen-address.js';
import type { SettingName } from './settings.js';

/** A setting as it would be written in config.toml or a variable; null: it is not set. */
export function shownSetting(
  values: EffectiveSettings['values'],
  name: SettingName,
): string | number | boolean | string[] | null {
  if (name === 'listen') return formatListen(values.listen);
  if (name === 'watchFolders') {
    return values.watchFolders.map(({ path, mode }) => `${path} (${mode})`);
  }
  return values[name] ?? null;
}
