import type { z } from 'zod';
import { access } from './settings/access.js';
import { library } from './settings/library.js';
import { running } from './settings/running.js';
import { transcoding } from './settings/transcoding.js';

/** Every setting of the daemon, once, by the name that the code knows it by. */
export const settings = { ...access, ...library, ...transcoding, ...running } as const;

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as readonly SettingName[];

/** The value of each setting, by its name. */
export type SettingValues = {
  readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']>;
};
