import { inputArguments } from '../ffmpeg/input.js';
import type { Source } from '../source/inspect.js';
import { pictureOf } from '../source/picture-of.js';
import { runText } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { demandWholeFile } from './whole-file.js';

/**
 * DivX and Xvid pack a B picture into the packet of the one before it in AVI, and put an empty one into its place.
 * Writes the picture to `to` with a packet for each, so that their times can be reckoned; what has one for each
 * already stays as it is. Resolves to `to`, or undefined for what is no MPEG-4 in AVI.
 */
export async function unpackBPictures(
  tools: Tools,
  { from, to, original }: { readonly from: string; readonly to: string; readonly original: Source },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { index, codec_name } = pictureOf(original);
  if (original.format.format_name !== 'avi' || codec_name !== 'mpeg4') return undefined;
  const run = await runText(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', ...inputArguments(from), '-map', `0:${index}`, '-c', 'copy'],
      ...['-bsf:v', 'mpeg4_unpack_bframes', '-f', 'avi', '-y', to],
    ],
    { signal, timeoutMs: 3_600_000 },
  );
  await demandWholeFile(to, run, 'the picture cannot be unpacked');
  return to;
}
