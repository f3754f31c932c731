import { z } from 'zod';
import { KdramaError } from '../../shared/errors.js';
import { inputArguments } from './input.js';
import { runText } from './run.js';
import type { Tools } from './tool-pair.js';

const number = z.coerce.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const stream = z.object({
  index: z.number(),
  codec_type: text,
  codec_name: text,
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

const source = z.object({
  format: z.object({
    format_name: z.string(),
    start_time: z.coerce.number().catch(0),
    duration: number,
    size: z.coerce.number(),
  }),
  streams: z.array(stream),
});
/** What ffprobe says of a file, read leniently: a field it got wrong counts as absent. */
export type Source = z.infer<typeof source>;

/**
 * Reads the headers of a media file. Throws UPLOAD_INVALID_FORMAT when no allowed container can be
 * recognised in it.
 */
export async function inspect(tools: Tools, path: string, signal: AbortSignal): Promise<Source> {
  const { stdout, stderr } = await runText(
    tools.ffprobe,
    ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-show_data'].concat(
      inputArguments(path),
    ),
    { signal, timeoutMs: 60_000 },
  );
  const parsed = source.safeParse(parseJson(stdout));
  if (parsed.success) return parsed.data;
  throw new KdramaError(
    'UPLOAD_INVALID_FORMAT',
    'the file cannot be read as a video; it may be damaged or cut off',
    { cause: stderr },
  );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
