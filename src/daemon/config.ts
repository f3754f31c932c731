import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseConfigFile } from '../shared/config-file.js';
import {
  effectiveSettings,
  type EffectiveSettings,
  type Flags,
} from '../shared/effective-settings.js';
import { KdramaError } from '../shared/errors.js';
import { defaultHome } from '../shared/home.js';
import type { ListenAddress } from '../shared/listen-address.js';
import { parseTemplate, type WebhookTemplate } from './notify/template.js';

type Values = EffectiveSettings['values'];

/** The effective configuration. */
export interface Config extends Values {
  readonly home: string;
  /** What notify.template says; its headers may hold secrets. */
  readonly webhookTemplate: WebhookTemplate | undefined;
  readonly origins: EffectiveSettings['origins'];
}

/**
 * The effective configuration: flags over `KDRAMA_*` over `config.toml` over defaults. Throws
 * CONFIG_INVALID naming the file or variable.
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: Flags = {}): Config {
  const home = env['KDRAMA_HOME'] ?? defaultHome(process.platform, env, homedir());
  const path = join(home, 'config.toml');
  const file = readConfigFile(path);
  const { values, origins } = effectiveSettings({ env, flags, file, path });
  const { notifyTemplate, lan, listen } = values;
  const webhookTemplate =
    notifyTemplate === undefined ? undefined : readTemplate(resolve(home, notifyTemplate), env);
  return { home, ...values, webhookTemplate, listen: openedTo(lan, listen), origins };
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
  return parseConfigFile(text, path);
}

/** Everybody on the network, unless the address says already who. */
function openedTo(lan: boolean, listen: ListenAddress): ListenAddress {
  const isThisMachine = /^(localhost|127(\.\d+){3}|::1)$/.test(listen.hostname);
  return lan && isThisMachine ? { ...listen, hostname: '0.0.0.0' } : listen;
}
