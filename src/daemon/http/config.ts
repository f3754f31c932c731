import { Hono } from 'hono';
import type { ConfigView } from '../../shared/contract/index.js';
import { showConfig } from '../../shared/contract/operations/system.js';
import { settingNames, settings, type SettingName } from '../../shared/settings.js';
import { shownSetting } from '../../shared/shown-setting.js';
import type { Config } from '../config.js';
import { shownUrl } from './answer/shown-url.js';
import { endpoint } from './endpoint.js';
import type { AppEnv } from './env.js';

/** What the daemon was told, and by whom. */
export function configRoutes(config: Config): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, showConfig, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(configView(config));
  });
  return app;
}

/** Every setting; of secrets only whether they are set. */
export function configView(config: Config): ConfigView {
  return { home: config.home, settings: settingNames.map((name) => settingView(config, name)) };
}

function settingView(config: Config, name: SettingName): ConfigView['settings'][number] {
  const { key, env, about, secret } = settings[name];
  const value = valueOf(config, name);
  const origin = config.origins[name];
  const shown = secret ? null : value;
  return { key, env, about, value: shown, isSecret: secret, isSet: value !== null, origin };
}

/** Of an address that may hold a secret only where it is. */
function valueOf(config: Config, name: SettingName): ConfigView['settings'][number]['value'] {
  if (name === 'notifyUrl')
    return config.notifyUrl === undefined ? null : shownUrl(config.notifyUrl);
  return shownSetting(config, name);
}
