import { delimiter } from 'node:path';
import { z } from 'zod';
import { keepSources, ladders, loudnesses, surrounds } from '../shared/contract/index.js';

/**
 * Every setting of the daemon, once: its key in config.toml, its variable, what it may be and what
 * it is when nobody says anything. `secret` ones are never shown.
 */
interface Setting<Schema extends z.ZodType> {
  readonly key: string;
  readonly env: `KDRAMA_${string}`;
  readonly schema: Schema;
  /** How the text of the variable becomes a value that the schema takes. */
  readonly fromText: (text: string) => unknown;
  readonly secret: boolean;
  /** One line for people. */
  readonly about: string;
}

type Kind<Schema extends z.ZodType> = Pick<Setting<Schema>, 'schema' | 'fromText'>;

const asIs = (text: string) => text;
const text = { schema: z.string().optional(), fromText: asIs } as const;
const list = {
  schema: z.array(z.string()).default([]),
  fromText: (words: string) => words.split(',').filter(Boolean),
} as const;
const yesNo = {
  schema: z.boolean().default(false),
  fromText: (word: string) => ({ true: true, false: false, 1: true, 0: false })[word] ?? word,
} as const;

/** A whole number that is at least 1; without a default it means "no limit". */
function wholeNumber(unit: string) {
  return {
    schema: z.number(`expected a whole number of ${unit}`).int().positive().optional(),
    fromText: Number,
  };
}

function withDefault(number: ReturnType<typeof wholeNumber>, value: number) {
  return { schema: number.schema.unwrap().default(value), fromText: number.fromText };
}

const twoTimes = {
  schema: z
    .string()
    .regex(
      /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/,
      'expected HH:MM-HH:MM, two times of the day',
    )
    .refine((words) => words.slice(0, 5) !== words.slice(6), 'expected two different times')
    .optional(),
  fromText: asIs,
} as const;

const percent = {
  schema: z
    .number('expected a whole number of percent')
    .int()
    .min(1, 'expected 1 to 100')
    .max(100, 'expected 1 to 100')
    .optional(),
  fromText: Number,
} as const;

function oneOf<const Word extends string>(words: readonly Word[], otherwise: NoInfer<Word>) {
  return { schema: z.enum(words).default(() => otherwise), fromText: asIs };
}

function setting<Schema extends z.ZodType>(
  key: string,
  env: `KDRAMA_${string}`,
  kind: Kind<Schema>,
  about: string,
  secret = false,
): Setting<Schema> {
  return { key, env, about, secret, ...kind };
}

const watchedFolder = z.strictObject({
  path: z
    .string()
    .regex(/^(~?\/|[A-Za-z]:)/, 'expected an absolute path, or one that begins with ~/'),
  mode: z.enum(['keep', 'move']).default('keep'),
  poll: z.boolean().default(false),
});

const twoGiB = 2 * 1024 ** 3;

export const settings = {
  listen: setting(
    'listen',
    'KDRAMA_LISTEN',
    { schema: z.string().default('127.0.0.1:7474'), fromText: asIs },
    'HOST:PORT that the daemon binds',
  ),
  lan: setting(
    'lan',
    'KDRAMA_LAN',
    yesNo,
    'everyone on the network can reach it: binds all addresses where listen names this machine only',
  ),
  allowedHosts: setting(
    'allowedHosts',
    'KDRAMA_ALLOWED_HOSTS',
    list,
    'host names, beside those of this machine, that requests may name',
  ),
  mediaDirectory: setting(
    'media.dir',
    'KDRAMA_MEDIA_DIR',
    text,
    'where media lies; absent: in the home',
  ),
  uploadMaxBytes: setting(
    'upload.maxBytes',
    'KDRAMA_UPLOAD_MAX_BYTES',
    withDefault(wholeNumber('bytes'), twoGiB),
    'largest upload over HTTP; files on the same machine are limited by the disk',
  ),
  uploadQuotaBytes: setting(
    'upload.quotaBytes',
    'KDRAMA_UPLOAD_QUOTA_BYTES',
    wholeNumber('bytes'),
    'what the videos and uploads of one uploader may take in all; absent: no limit',
  ),
  ladder: setting(
    'transcode.ladder',
    'KDRAMA_LADDER',
    oneOf(ladders, 'full'),
    'which renditions are made: full, on-demand (encoded ones where someone asks), copy (no encoding)',
  ),
  loudness: setting(
    'transcode.loudness',
    'KDRAMA_LOUDNESS',
    oneOf(loudnesses, 'off'),
    'brings every sound to one loudness: off, r128 (-23 LUFS), speakers (-16 LUFS, for small ones)',
  ),
  surround: setting(
    'transcode.surround',
    'KDRAMA_SURROUND',
    oneOf(surrounds, 'aac'),
    'sound of more than two channels is there in stereo and, for players that have the speakers, in 5.1: aac, copy (AC-3 and E-AC-3 as they are; few browsers play them), off',
  ),
  keepSource: setting(
    'transcode.keepSource',
    'KDRAMA_KEEP_SOURCE',
    oneOf(keepSources, 'always'),
    'whether the uploaded file stays once its episode is ready: always, copied (not where all was copied), never',
  ),
  useGpu: setting(
    'transcode.useGpu',
    'KDRAMA_USE_GPU',
    yesNo,
    'hardware encodes, where it works, for every job that does not say otherwise',
  ),
  quietHours: setting(
    'transcode.quietHours',
    'KDRAMA_QUIET_HOURS',
    twoTimes,
    'HH:MM-HH:MM local time: only what someone waits for and what makes an episode playable is made then',
  ),
  cpuShare: setting(
    'transcode.cpuShare',
    'KDRAMA_CPU_SHARE',
    percent,
    'percent of the processor that making episodes may take: so many of its cores (Linux), and always behind other programs',
  ),
  idleExitMinutes: setting(
    'daemon.idleExitMinutes',
    'KDRAMA_IDLE_EXIT_MINUTES',
    wholeNumber('minutes'),
    'a daemon in the background that nobody used for so long ends; kdrama upload, watch and start start it again. absent: never',
  ),
  ffmpegPath: setting('ffmpeg.path', 'KDRAMA_FFMPEG', text, 'the ffmpeg to use; absent: look'),
  ffprobePath: setting('ffmpeg.probePath', 'KDRAMA_FFPROBE', text, 'its ffprobe'),
  localAuth: setting(
    'auth.local',
    'KDRAMA_AUTH_LOCAL',
    oneOf(['token', 'open'], 'token'),
    'open lets programs on this machine in without a token',
  ),
  jwtSecret: setting(
    'auth.jwtSecret',
    'KDRAMA_JWT_SECRET',
    { schema: z.string().min(32, 'expected at least 32 characters').optional(), fromText: asIs },
    'signs JSON Web Tokens; absent: the daemon makes its own',
    true,
  ),
  openViewing: setting(
    'auth.openViewing',
    'KDRAMA_OPEN_VIEWING',
    yesNo,
    'anyone on the network may watch, nobody without signing in may change anything',
  ),
  tlsCert: setting('tls.cert', 'KDRAMA_TLS_CERT', text, 'PEM file of the certificate chain'),
  tlsKey: setting('tls.key', 'KDRAMA_TLS_KEY', text, 'PEM file of its private key'),
  trustedProxies: setting(
    'proxy.trusted',
    'KDRAMA_TRUSTED_PROXIES',
    list,
    'addresses or CIDR ranges whose forwarded headers are believed',
  ),
  requestsPerMinute: setting(
    'limits.requestsPerMinute',
    'KDRAMA_REQUESTS_PER_MINUTE',
    withDefault(wholeNumber('requests'), 6000),
    'what one credential or address may ask in a minute',
  ),
  retentionDays: setting(
    'jobs.retentionDays',
    'KDRAMA_RETENTION_DAYS',
    withDefault(wholeNumber('days'), 30),
    'how long finished jobs are remembered',
  ),
  watchFolders: setting(
    'watch.folders',
    'KDRAMA_WATCH_FOLDERS',
    {
      schema: z.array(watchedFolder).default([]),
      fromText: (paths: string) => paths.split(delimiter).map((path) => ({ path })),
    },
    'folders whose files become videos by themselves: path, mode (keep, move), poll',
  ),
  watchSettleSeconds: setting(
    'watch.settleSeconds',
    'KDRAMA_WATCH_SETTLE_SECONDS',
    withDefault(wholeNumber('seconds'), 15),
    'how long a file in a watched folder has to stand still; four times that on network disks',
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

export type SettingName = keyof typeof settings;
export const settingNames = Object.keys(settings) as readonly SettingName[];

/** The value of each setting, by its name. */
export type SettingValues = {
  readonly [Name in SettingName]: z.output<(typeof settings)[Name]['schema']>;
};
