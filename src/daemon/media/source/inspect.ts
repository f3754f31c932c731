import { z } from 'zod';
import { KdramaError } from '../../../shared/errors.js';
import { askFfprobe } from '../ffmpeg/ask-ffprobe.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

const number = z.coerce.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const stream = z.object({
  index: z.number(),
  /** Of the container: the track id of an MP4, `0x1`. */
  id: text,
  codec_type: text,
  codec_name: text,
  codec_tag_string: text,
  profile: text,
  level: number,
  width: number,
  height: number,
  pix_fmt: text,
  sample_aspect_ratio: text,
  field_order: text,
  color_range: text,
  color_space: text,
  color_transfer: text,
  color_primaries: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  start_time: number,
  duration: number,
  bit_rate: number,
  nb_frames: number,
  has_b_frames: number,
  channels: number,
  channel_layout: text,
  sample_rate: number,
  sample_fmt: text,
  /** A hex dump; of pictures and FLAC at least, once `extradata.ts` has asked for it. */
  extradata: text,
  disposition: z.record(z.string(), z.number()).catch({}),
  tags: z.record(z.string(), z.string()).catch({}),
  side_data_list: z
    .array(
      z.object({
        ...{ rotation: number, displaymatrix: text, dv_profile: number },
        dv_bl_signal_compatibility_id: number,
      }),
    )
    .catch([]),
});
export type SourceStream = z.infer<typeof stream>;

/** What a track is in: by ffprobe's name, else by what its container calls it (`vvc1`). */
export function codecOf({ codec_name, codec_tag_string }: SourceStream): string | undefined {
  return codec_name ?? (/^[\w-]{4}$/.test(codec_tag_string ?? '') ? codec_tag_string : undefined);
}

const chapter = z.object({
  start_time: number,
  end_time: number,
  tags: z.record(z.string(), z.string()).catch({}),
});

const source = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: z.coerce.number().catch(0),
    duration: number,
    size: z.coerce.number(),
  }),
  streams: z.array(stream),
  /** Of a transport stream: which streams belong together. */
  programs: z
    .array(z.object({ streams: z.array(z.object({ index: z.number() })).catch([]) }))
    .catch([]),
  chapters: z.array(chapter).catch([]),
});
/** What ffprobe says of a file, read leniently: a field it got wrong counts as absent. */
export type Source = z.infer<typeof source>;

/** Pictures, sounds and subtitles: more than any release has. Attached fonts do not count. */
const mostTracks = 100;
const trackTypes: readonly (string | undefined)[] = ['video', 'audio', 'subtitle'];

/**
 * Reads the headers of a media file. Throws UPLOAD_INVALID_FORMAT when no allowed container can be
 * recognised in it, or when it has more tracks than are taken.
 */
export async function inspect(
  tools: Tools,
  path: string,
  signal: AbortSignal,
  more: readonly string[] = [],
): Promise<Source> {
  const args = ['-of', 'json', '-show_format', '-show_streams', '-show_programs', '-show_chapters'];
  const { stdout, stderr } = await askFfprobe(tools, path, [...args, ...more], { signal });
  const parsed = source.safeParse(parseJson(stdout));
  const tracks = parsed.data?.streams.filter((each) => trackTypes.includes(each.codec_type)) ?? [];
  if (tracks.length > mostTracks || stderr.includes('exceeds max_streams')) {
    const message = `the file has more than ${mostTracks} tracks`;
    throw new KdramaError('UPLOAD_INVALID_FORMAT', message);
  }
  if (parsed.success) return parsed.data;
  throw new KdramaError(
    'UPLOAD_INVALID_FORMAT',
    'the file cannot be read as a video; it may be damaged or cut off',
    { cause: stderr },
  );
}

/** undefined where it is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
