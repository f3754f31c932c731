import { z } from 'zod';
import { asIs, list, oneOf, text, wholeNumber } from './kinds.js';
import { setting } from './setting.js';

/** How long the daemon lives, who is told what, what is logged. */
export const running = {
  idleExitMinutes: setting(
    'daemon.idleExitMinutes',
    'KDRAMA_IDLE_EXIT_MINUTES',
    wholeNumber('minutes'),
    'a daemon in the background that nobody used for so long ends; kdrama upload, watch and start start it again. absent: never',
  ),
  notifyUrl: setting(
    'notify.url',
    'KDRAMA_NOTIFY_URL',
    { schema: z.url({ protocol: /^https?$/ }).optional(), fromText: asIs },
    'is told of every job, beside the notifyUrl of each',
  ),
  notifySecret: setting(
    'notify.secret',
    'KDRAMA_NOTIFY_SECRET',
    text,
    'signs webhooks (Standard Webhooks, whsec_…); absent: the daemon makes its own',
    true,
  ),
  notifyAllow: setting(
    'notify.allow',
    'KDRAMA_NOTIFY_ALLOW',
    list,
    'private hosts, addresses or CIDR ranges that webhooks may go to',
  ),
  notifyTemplate: setting(
    'notify.template',
    'KDRAMA_NOTIFY_TEMPLATE',
    text,
    'JSON file that shapes what notify.url is sent; absolute, or from the home',
  ),
  logLevel: setting(
    'log.level',
    'KDRAMA_LOG_LEVEL',
    oneOf(['debug', 'info', 'warn', 'error'], 'info'),
    'how much is logged',
  ),
} as const;
