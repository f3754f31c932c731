import { z } from 'zod';

/** POST /videos/:id/subtitles. What is left out is read from the name and the bytes. */
export const newSubtitleQuery = z.object({
  /** May begin with its folder: `Subs/Title.E01.ko.srt`. */
  filename: z.string().min(1).max(1024),
  /** BCP 47, or what file names say: `ko`, `kor`, `Korean`. */
  language: z.string().min(2).max(64).optional(),
  /** `cp949`, `shift_jis`, `gb18030`, `big5`, `windows-1251`, `utf-16le` … */
  encoding: z.string().min(1).max(64).optional(),
  /** What menus call it. */
  label: z.string().min(1).max(200).optional(),
  forced: z.enum(['true', 'false']).optional(),
  sdh: z.enum(['true', 'false']).optional(),
});

export const subtitleTrackView = z.object({
  /** BCP 47; `und` when unknown. */
  language: z.string(),
  label: z.string(),
  forced: z.boolean(),
  /** For the deaf and hard of hearing. */
  sdh: z.boolean(),
  /** How many texts it has; `null` where that is not counted. */
  cues: z.number().int().nullable(),
});

export const subtitleView = z
  .object({
    /** What it is fetched and removed by; `null` for what only can be told. */
    id: z.string().nullable(),
    /** inside: of the video file · beside: a file of its own. */
    origin: z.enum(['inside', 'beside']),
    /** text: it is in the playlists · picture, other: it is there, but cannot be shown as text. */
    kind: z.enum(['text', 'picture', 'other']),
    /** `srt`, `ass`, `vtt`, `smi`; inside what ffmpeg names it. */
    format: z.string(),
    filename: z.string().nullable(),
    encoding: z.string().nullable(),
    sizeBytes: z.number().int().nullable(),
    tracks: z.array(subtitleTrackView),
  })
  .meta({ id: 'Subtitle' });
export type SubtitleView = z.infer<typeof subtitleView>;

export const subtitleList = z
  .object({ subtitles: z.array(subtitleView) })
  .meta({ id: 'Subtitles' });
export type SubtitleList = z.infer<typeof subtitleList>;

export const subtitleAttached = z
  .object({
    subtitle: subtitleView,
    created: z.boolean(),
    /** Ids of files of the same name, or the same bytes, whose place it takes. */
    replaced: z.array(z.string()),
  })
  .meta({ id: 'SubtitleAttached' });
export type SubtitleAttached = z.infer<typeof subtitleAttached>;
