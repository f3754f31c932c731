import { z } from 'zod';

/** `warn`: works, but somebody should look · `fail`: it cannot serve. */
export const partStatus = z.enum(['ok', 'warn', 'fail']);
export const healthPart = z.object({
  status: partStatus,
  /** For admins only: it may name paths. */
  detail: z.string().optional(),
});
export type HealthPart = z.infer<typeof healthPart>;
export const partNames = ['database', 'mediaDirectory', 'disk', 'ffmpeg', 'lanes'] as const;
export type PartName = (typeof partNames)[number];

/**
 * What is worked at now. `quiet`: only what someone waits for and what makes an episode playable, until
 * then · `paused`: nothing, until it is resumed · `draining`: what runs, then the daemon ends.
 */
export const workView = z
  .object({
    state: z.enum(['running', 'quiet', 'paused', 'draining']),
    until: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Work' });
export type WorkView = z.infer<typeof workView>;

/** GET /health: open, for monitors and for the command line's start and stop. */
export const health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  apiVersion: z.literal('v1'),
  pid: z.number().int(),
  instanceId: z.string(),
  startedAt: z.iso.datetime(),
  /** false when no working ffmpeg was found: uploads are kept, transcodes wait for one. */
  ffmpeg: z.boolean(),
  live: z.literal(true),
  /** Whether no part fails. */
  ready: z.boolean(),
  work: workView,
  parts: z.record(z.enum(partNames), healthPart),
});
export type Health = z.infer<typeof health>;

export const liveness = z.object({ live: z.literal(true) });

/** GET /usage: bytes on the disk, the largest first. */
export const usageView = z
  .object({
    videos: z.array(
      z.object({
        videoId: z.string(),
        title: z.string(),
        sourceBytes: z.number(),
        renditionBytes: z.number(),
      }),
    ),
    /** Of all videos, also those beyond the limit. */
    total: z.object({
      videos: z.number().int(),
      sourceBytes: z.number(),
      renditionBytes: z.number(),
    }),
  })
  .meta({ id: 'Usage' });
export type UsageView = z.infer<typeof usageView>;

/** GET /metrics as JSON. `value` is null where there is nothing to measure yet. */
export const metricsView = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      help: z.string(),
      type: z.string(),
      values: z.array(
        z.object({
          /** Of the series, where the metric has several: `…_bucket`, `…_sum`, `…_count`. */
          name: z.string(),
          labels: z.record(z.string(), z.union([z.string(), z.number()])),
          value: z.number().nullable(),
        }),
      ),
    }),
  ),
});
export type MetricsView = z.infer<typeof metricsView>;

/** One setting: what it is, how it is set, and where its value comes from. */
export const settingView = z.object({
  /** In config.toml. */
  key: z.string(),
  /** The variable. */
  env: z.string(),
  about: z.string(),
  /** null when it is not set, and always for secrets. */
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
  isSecret: z.boolean(),
  isSet: z.boolean(),
  origin: z.enum(['flag', 'environment', 'file', 'default']),
});
export const configView = z.object({
  /** The directory that everything lies in. */
  home: z.string(),
  settings: z.array(settingView),
});
export type ConfigView = z.infer<typeof configView>;
