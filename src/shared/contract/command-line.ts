import { z } from 'zod';
import { apiKeyView, newApiKeyView } from './api-keys.js';
import { errorBody } from './errors.js';
import { jobEvent, streamNote } from './events.js';
import { jobView } from './job-view.js';
import { deviceView } from './sessions.js';
import { subtitleAttached, subtitleView } from './subtitles.js';
import { settingView, usageView, workView } from './system.js';
import { userView } from './users.js';
import { videoDetails, videoView } from './videos.js';
import { watchedFileView, watchView } from './watches.js';
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
const exported = z.object({
  ...{ videoId: z.string(), path: z.string(), sizeBytes: z.number() },
  /** Subtitles that were wanted, but are pictures. */
  leftOut: z.array(z.object({ language: z.string(), label: z.string(), format: z.string() })),
});
const shown = z.object({
  ...{ video: videoDetails, job: jobView, deliveries: z.array(delivery) },
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
const served = z.object({
  ...{ url: z.string(), addresses: z.array(z.string()), name: z.string().nullable() },
  ...{ signInUrl: z.string(), code: z.string() },
});
const invitation = z.object({ code: z.string(), url: z.string(), expiresAt: z.iso.datetime() });
const revokedDevice = z.object({ id: z.string(), revoked: z.literal(true) });
const removedSubtitle = z.object({
  ...{ videoId: z.string(), subtitleId: z.string(), removed: z.literal(true) },
});
const servicePlan = z.object({
  ...{ program: z.string(), home: z.string(), searchPath: z.array(z.string()) },
});
const installedService = servicePlan.extend({ unit: z.string() });
const serviceStatus = z.object({
  ...{ unit: z.string(), running: z.boolean(), problem: z.string().nullable() },
  plan: servicePlan.optional(),
});
const event = z.union([jobEvent, streamNote]).meta({ id: 'Event' });

/** Of each command that prints JSON: what one line is, and of what there is one. */
export const jsonOutput: Readonly<Record<string, { each: string; line: z.ZodType }>> = {
  upload: { each: 'file that was added', line: uploadLine },
  watch: { each: 'folder', line: watchView },
  'watch --once': { each: 'file in the folder', line: watchedFileView },
  'watch list': { each: 'folder', line: watchView },
  'watch list FOLDER': { each: 'file in the folder', line: watchedFileView },
  'watch remove': { each: 'folder', line: z.object({ id: z.string(), path: z.string() }) },
  status: { each: 'job', line: jobView },
  'status --follow': { each: 'event', line: event },
  list: { each: 'video', line: videoView },
  show: { each: 'video', line: shown },
  wait: { each: 'job that ended', line: jobView },
  pause: { each: 'job', line: jobView },
  'pause --all': { each: 'time', line: workView },
  resume: { each: 'job', line: jobView },
  'resume --all': { each: 'time', line: workView },
  cancel: { each: 'job', line: jobView },
  retry: { each: 'job', line: jobView },
  edit: { each: 'video', line: videoDetails },
  rm: { each: 'video that is gone', line: removed },
  'subtitle add': { each: 'subtitle file', line: subtitleAttached },
  'subtitle list': { each: 'subtitle file, or track of the video file', line: subtitleView },
  'subtitle remove': { each: 'subtitle file', line: removedSubtitle },
  export: { each: 'file', line: exported },
  open: { each: 'address', line: opened },
  du: { each: 'video', line: usageView.shape.videos.element },
  serve: { each: 'daemon', line: served },
  start: { each: 'daemon', line: started },
  restart: { each: 'daemon', line: started },
  stop: { each: 'daemon', line: stopped },
  doctor: { each: 'check', line: check },
  'service install': { each: 'service', line: installedService },
  'service status': { each: 'service', line: serviceStatus },
  'service uninstall': { each: 'service', line: z.object({ uninstalled: z.boolean() }) },
  'config list': { each: 'setting', line: settingView },
  'config get': { each: 'setting', line: settingView },
  'config set': { each: 'setting', line: settingView.extend({ path: z.string() }) },
  completion: { each: 'shell', line: z.object({ shell: z.string(), script: z.string() }) },
  'user list': { each: 'user', line: userView },
  'user add': { each: 'user', line: userView },
  'user role': { each: 'user', line: userView },
  'user passwd': { each: 'user', line: userView },
  'user remove': { each: 'user', line: userView },
  'token show': { each: 'token', line: z.object({ token: z.string() }) },
  'token show --webhook': { each: 'secret', line: z.object({ secret: z.string() }) },
  'token create': { each: 'key', line: newApiKeyView },
  'token list': { each: 'key', line: apiKeyView },
  'token revoke': { each: 'key', line: z.object({ id: z.string() }) },
  'token rotate': { each: 'secret', line: z.object({ rotated: z.literal(true) }) },
  pair: { each: 'invitation', line: invitation },
  'pair list': { each: 'device', line: deviceView },
  'pair revoke': { each: 'device', line: revokedDevice },
};
