import { z } from 'zod';
import { keepSources, ladders, loudnesses, surrounds } from '../contract/index.js';
import { crf } from '../contract/picture.js';
import {
  fullName,
  parseRung,
  plainEncoder,
  plainResolutions,
  presets,
  rungWords,
} from '../resolutions.js';
import { oneOf, percent, text, twoTimes, words, yesNo } from './kinds.js';
import { setting } from './setting.js';

const ladderRungs = {
  schema: z
    .array(z.string(), rungWords)
    .min(1, rungWords)
    .refine((rungs) => {
      const names = new Set(rungs.flatMap((rung) => parseRung(rung) ?? []).map(fullName));
      return names.size === rungs.length;
    }, rungWords)
    .default([...plainResolutions]),
  fromText: words,
} as const;

/** What is made of an episode, and with what. */
export const transcoding = {
  ladder: setting(
    'transcode.ladder',
    'KDRAMA_LADDER',
    oneOf(ladders, 'full'),
    'which renditions are made: full, on-demand (encoded ones where someone asks), copy (no encoding)',
  ),
  resolutions: setting(
    'transcode.resolutions',
    'KDRAMA_RESOLUTIONS',
    ladderRungs,
    'which renditions are encoded, none larger than the source, with a ceiling in bits per second that is not the usual one behind =: 1080p=6M,720p,480p; 1080p-hevc or -av1 are made besides, for players that take them',
  ),
  crf: setting(
    'transcode.crf',
    'KDRAMA_CRF',
    { schema: crf.default(plainEncoder.crf), fromText: Number },
    'quality of what is encoded, the constant rate factor of x264: lower is better and larger',
  ),
  preset: setting(
    'transcode.preset',
    'KDRAMA_PRESET',
    oneOf(presets, plainEncoder.preset),
    'how hard x264 tries, from ultrafast to veryslow: slower ones make smaller files',
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
  ffmpegPath: setting('ffmpeg.path', 'KDRAMA_FFMPEG', text, 'the ffmpeg to use; absent: look'),
  ffprobePath: setting(
    'ffmpeg.probePath',
    'KDRAMA_FFPROBE',
    text,
    'its ffprobe; absent: beside it, else on the PATH',
  ),
} as const;
