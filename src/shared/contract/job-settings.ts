import { z } from 'zod';
import { parseRung, rungNames, rungWords } from '../resolutions.js';
import { crf, preset } from './picture.js';

/**
 * Which renditions of the picture there are, and when they are made. `on-demand`: an encoded one where
 * someone asks for it · `copy`: what can be copied alone, else the lowest.
 */
export const ladders = ['full', 'on-demand', 'copy'] as const;
export type Ladder = (typeof ladders)[number];

/**
 * `aac`: of a track with more than two channels there is also a rendition in 5.1 · `copy`: that is AC-3 or
 * E-AC-3 where the source has it.
 */
export const surrounds = ['off', 'aac', 'copy'] as const;
export type Surround = (typeof surrounds)[number];

/**
 * To which loudness (EBU R 128, ITU-R BS.1770) each sound is brought by one gain for all of it. `r128`:
 * -23 LUFS, as broadcasters do · `speakers`: -16 LUFS, for the small ones of phones and laptops.
 */
export const loudnesses = ['off', 'r128', 'speakers'] as const;
export type Loudness = (typeof loudnesses)[number];

/** BCP 47 (`ko`, `pt-BR`), or `off`. */
export const burnSubtitles = z
  .string()
  .regex(/^(?:off|[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$/, 'expected a language like ko, or off');

/** What may be asked of a transcode. Equal settings of one video are one job. */
export const jobSettings = z.object({
  segmentDurationSeconds: z.number().min(2).max(12).default(6),
  /** Names of the top rendition's box; rungs above it are not made. */
  topRendition: z.enum(rungNames).default('2160p'),
  /** Only these, the largest first, as `720p`, `720p=2500000` or, behind, `720p-hevc`; absent: the daemon's up to the top. */
  rungs: z
    .array(z.string().refine((text) => parseRung(text) !== undefined, rungWords))
    .min(1)
    .optional(),
  /** Of x264 and its like; absent: what the daemon does with all. */
  crf: crf.optional(),
  preset: preset.optional(),
  ladder: z.enum(ladders).default('full'),
  /** Absent: what the daemon does with all. */
  loudness: z.enum(loudnesses).optional(),
  /** The language of the picture subtitles that become part of the picture; absent: none. */
  burnSubtitles: burnSubtitles.optional(),
});
export type JobSettings = z.infer<typeof jobSettings>;
