import { z } from 'zod';
import { askFfprobe } from './ask-ffprobe.js';
import { parseJson, type Source } from './inspect.js';
import type { Tools } from './tool-pair.js';

const answer = z.object({
  streams: z.array(z.object({ index: z.number(), extradata: z.string().optional() })),
});

/**
 * `source` with what sets up the decoders of its pictures and of FLAC. Asked for by the type of track: the
 * extradata of an attached font is the font.
 */
export async function withExtradata(
  tools: Tools,
  path: string,
  source: Source,
  signal: AbortSignal,
): Promise<Source> {
  const hasFlac = source.streams.some(({ codec_name }) => codec_name === 'flac');
  const found = new Map<number, string | undefined>();
  for (const type of hasFlac ? ['v', 'a'] : ['v']) {
    const args = ['-of', 'json', '-show_data', '-show_entries', 'stream=index,extradata'];
    const which = ['-select_streams', type];
    const { stdout } = await askFfprobe(tools, path, [...args, ...which], { signal });
    for (const each of answer.safeParse(parseJson(stdout)).data?.streams ?? []) {
      found.set(each.index, each.extradata);
    }
  }
  const streams = source.streams.map((each) => ({ ...each, extradata: found.get(each.index) }));
  return { ...source, streams };
}
