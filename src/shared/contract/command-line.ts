import { z } from 'zod';
import { apiKeyView, newApiKeyView } from './api-keys.js';
import { errorBody } from './errors.js';
import { jobEvent, streamNote } from './events.js';
import { jobView } from './jobs.js';
import { subtitleAttached, subtitleView } from './subtitles.js';
import { settingView } from './system.js';
import { userView } from './users.js';
import { videoView } from './videos.js';
import { delivery } from './webhooks.js';

/** What `--json` prints, as version 1: fields may be added, none is renamed, changed or taken away. */
export const jsonVersion = 1;

/** A file that is in the library now. */
export const uploadLine = z
  .object({
    /** As it was named on the command line. */
    file: z.string(),
    /** `library`: it was there · `import`: taken by its path · `chunks`, `stream`: sent. */
    via: z.enum(['library', 'import', 'chunks', 'stream']),
    watchUrl: z.string(),
    /** Id of the video whose place it takes. */
    replaces: z.string().nullable(),
    /** The subtitle files beside it that are in the video now. */
    subtitles: z.array(z.string()),
  })
  .extend(
    jobView.pick({
      ...{ videoId: true, jobId: true, title: true, status: true, stage: true, progress: true },
      ...{ playable: true, createdAt: true, playableAt: true, completedAt: true },
    }).shape,
  )
  .meta({ id: 'UploadLine' });
export type UploadLine = z.infer<typeof uploadLine>;

/** On stderr, one a failure; `about` says of which file or id, where there are several. */
export const errorLine = z
  .object({
    about: z.string().optional(),
    error: errorBody.shape.error
      .omit({ timestamp: true, requestId: true })
      .extend({ causes: z.array(z.string()).optional() }),
  })
  .meta({ id: 'ErrorLine' });

const removed = z.object({ videoId: z.string(), removed: z.literal(true) });
const exported = z.object({ videoId: z.string(), path: z.string(), sizeBytes: z.number() });
const shown = z.object({
  ...{ video: videoView, job: jobView, deliveries: z.array(delivery) },
  subtitles: z.array(subtitleView),
});
const opened = z.object({
  url: z.string(),
  videoId: z.string().nullable(),
  playable: z.boolean().optional(),
});
const started = z.object({
  ...{ url: z.string(), addresses: z.array(z.string()) },
  ...{ pid: z.number(), version: z.string(), instanceId: z.string(), started: z.boolean() },
});
const stopped = z.object({ stopped: z.boolean(), pid: z.number().nullable() });
const check = z.object({
  name: z.string(),
  level: z.enum(['ok', 'warn', 'fail']),
  message: z.string(),
  advice: z.string().optional(),
});
const event = z.union([jobEvent, streamNote]).meta({ id: 'Event' });

/** Of each command that prints JSON: what one line is, and of what there is one. */
export const jsonOutput: Readonly<Record<string, { each: string; line: z.ZodType }>> = {
  upload: { each: 'file that was added', line: uploadLine },
  status: { each: 'job', line: jobView },
  'status --follow': { each: 'event', line: event },
  list: { each: 'video', line: videoView },
  show: { each: 'video', line: shown },
  wait: { each: 'job that ended', line: jobView },
  pause: { each: 'job', line: jobView },
  resume: { each: 'job', line: jobView },
  cancel: { each: 'job', line: jobView },
  retry: { each: 'job', line: jobView },
  edit: { each: 'video', line: videoView },
  rm: { each: 'video that is gone', line: removed },
  'subtitle add': { each: 'subtitle file', line: subtitleAttached },
  'subtitle list': { each: 'subtitle file, or track of the video file', line: subtitleView },
  export: { each: 'file', line: exported },
  open: { each: 'address', line: opened },
  start: { each: 'daemon', line: started },
  stop: { each: 'daemon', line: stopped },
  doctor: { each: 'check', line: check },
  'config list': { each: 'setting', line: settingView },
  'user list': { each: 'user', line: userView },
  'token create': { each: 'key', line: newApiKeyView },
  'token list': { each: 'key', line: apiKeyView },
};
