import { z } from 'zod';
import { webVttTime } from '../../../shared/webvtt-time.js';
import { askFfprobe } from '../ffmpeg/ask-ffprobe.js';
import { parseHexDump } from '../ffmpeg/hex-dump.js';
import { parseJson, type SourceStream } from './inspect.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/**
 * WebVTT as mkvmerge puts it into Matroska (RFC 9559, `S_TEXT/WEBVTT`): each block is the text of a cue. ffmpeg 5.1 has
 * no name for it and decodes it not.
 */
export const webVttInBlocks = 'S_TEXT/WEBVTT';

/** A track that ffprobe has no name for, named where what sets it up is the head of a WebVTT file. */
export function namedByHead(stream: SourceStream, extradata: string | undefined): SourceStream {
  const isNameless = stream.codec_type === 'subtitle' && stream.codec_name === undefined;
  if (!isNameless || extradata === undefined) return stream;
  const head = Buffer.from(parseHexDump(extradata)).toString('latin1');
  return head.startsWith('WEBVTT') ? { ...stream, codec_name: webVttInBlocks } : stream;
}

/** One without a length is shown like any other whose end nobody wrote. */
const seconds = z.coerce.number().catch(0);
const packet = z.object({ pts_time: seconds, duration_time: seconds, data: z.string().catch('') });
const answer = z.object({
  packets: z.array(packet),
  format: z.object({ start_time: seconds }),
});

/** The texts of such a track as a WebVTT file, from the file's start on. */
export async function readWebVttBlocks(
  tools: Tools,
  path: string,
  stream: number,
  signal: AbortSignal,
): Promise<string> {
  const entries = 'packet=pts_time,duration_time,data:format=start_time';
  const args = ['-of', 'json', '-select_streams', String(stream), '-show_data'];
  const { stdout } = await askFfprobe(tools, path, [...args, '-show_entries', entries], {
    ...{ signal, timeoutMs: 600_000 },
  });
  const { packets, format } = answer.parse(parseJson(stdout));
  const cues = packets.flatMap(({ pts_time: pts, duration_time: length, data }) => {
    const start = pts - format.start_time;
    if (start < 0 && start + length <= 0) return [];
    // A blank line would end the cue.
    const lines = Buffer.from(parseHexDump(data)).toString('utf8').split('\n');
    const text = lines.filter((line) => line.trim() !== '').join('\n');
    const times = [start, start + length].map((time) => Math.max(0, Math.round(time * 1000)));
    return `${times.map(webVttTime).join(' --> ')}\n${text}`;
  });
  return ['WEBVTT', ...cues].join('\n\n');
}
