import { z } from 'zod';
import { askFfprobe } from '../ffmpeg/ask-ffprobe.js';
import { isMp4 } from '../container/mp4-movie.js';
import { inspect, parseJson, type Source } from './inspect.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { namedByHead } from './webvtt-blocks.js';

const answer = z.object({
  streams: z.array(z.object({ index: z.number(), extradata: z.string().optional() })),
});

/** What sets up the decoders of tracks, by their index: ffprobe's hex dumps. */
export type Extradata = ReadonlyMap<number, string | undefined>;

/** Asked for by the type of track: the extradata of an attached font is the font, that of Ogg may hold covers. */
export async function listExtradata(
  tools: Tools,
  path: string,
  type: 'video' | 'audio' | 'subtitle',
  signal: AbortSignal,
): Promise<Extradata> {
  const args = ['-of', 'json', '-show_data', '-show_entries', 'stream=index,extradata'];
  const which = ['-select_streams', type[0] ?? ''];
  const { stdout } = await askFfprobe(tools, path, [...args, ...which], { signal });
  const { streams = [] } = answer.safeParse(parseJson(stdout)).data ?? {};
  return new Map(streams.map(({ index, extradata }) => [index, extradata]));
}

/**
 * What ffprobe says of a file, with the extradata of its pictures and of FLAC and WebVTT, which say by it alone
 * what they are.
 */
export async function inspectWithExtradata(
  tools: Tools,
  path: string,
  signal: AbortSignal,
): Promise<Source> {
  if (await isMp4(path)) {
    const source = await inspect(tools, path, signal, ['-show_data']);
    const streams = source.streams.map((each) => namedByHead(each, each.extradata));
    return { ...source, streams };
  }
  const [source, ofPictures] = await Promise.all([
    inspect(tools, path, signal),
    listExtradata(tools, path, 'video', signal),
  ]);
  const hasFlac = source.streams.some(({ codec_name }) => codec_name === 'flac');
  const ofSounds = hasFlac ? await listExtradata(tools, path, 'audio', signal) : undefined;
  const isNameless = source.streams.some(
    ({ codec_type, codec_name }) => codec_type === 'subtitle' && codec_name === undefined,
  );
  const ofTexts = isNameless ? await listExtradata(tools, path, 'subtitle', signal) : undefined;
  const streams = source.streams.map((each) => ({
    ...namedByHead(each, ofTexts?.get(each.index)),
    extradata: ofPictures.get(each.index) ?? ofSounds?.get(each.index),
  }));
  return { ...source, streams };
}
