import { delimiter } from 'node:path';
import { z } from 'zod';
import { text, wholeNumber, withDefault } from './kinds.js';
import { setting } from './setting.js';

const watchedFolder = z.strictObject({
  path: z
    .string()
    .regex(/^(~?\/|[A-Za-z]:)/, 'expected an absolute path, or one that begins with ~/'),
  mode: z.enum(['keep', 'move']).default('keep'),
  poll: z.boolean().default(false),
});

const twoGiB = 2 * 1024 ** 3;

/** Where media lies, how it comes in and for how long things are remembered. */
export const library = {
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
  retentionDays: setting(
    'jobs.retentionDays',
    'KDRAMA_RETENTION_DAYS',
    withDefault(wholeNumber('days'), 30),
    'how long finished jobs are remembered',
  ),
} as const;
