import { fragmentedMp4 } from '../arguments/encode.js';
import { readStream } from '../fmp4/stream-reader.js';
import { inputArguments } from '../ffmpeg/input.js';
import { keyPictureReader, type CopiedCodec, type KeyPicture } from './key-picture.js';
import { runPiped } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

interface KeyedStream {
  readonly path: string;
  readonly index: number;
  readonly codec: CopiedCodec;
  /** hvcC or av1C. */
  readonly configuration: Uint8Array;
}

/**
 * What each packet is that the container calls a key, in decode order, by reading them and no others.
 * Empty where this ffmpeg cannot copy the stream.
 */
export async function listKeyPictures(
  tools: Tools,
  { path, index, codec, configuration }: KeyedStream,
  signal: AbortSignal,
): Promise<KeyPicture[]> {
  const run = runPiped(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', ...inputArguments(path), '-map', `0:${index}`, '-c', 'copy'],
      ...['-bsf:v', 'noise=drop=not(key)', ...fragmentedMp4],
      ...['-map_metadata', '-1', '-map_chapters', '-1'],
      ...(codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
      'pipe:3',
    ],
    1,
    signal,
  );
  run.stdout.resume();
  const [output] = run.outputs;
  if (output === undefined) throw new TypeError('a run without an output');
  const read = keyPictureReader(codec, configuration);
  const keys: KeyPicture[] = [];
  try {
    for await (const part of readStream(output)) {
      if (part.kind !== 'samples') continue;
      keys.push(...part.samples.map(({ data }) => read(data) ?? 'none'));
    }
  } catch (error) {
    run.kill();
    if (!(error instanceof RangeError)) throw error;
    return [];
  }
  const { exitCode } = await run.ended;
  signal.throwIfAborted();
  return exitCode === 0 ? keys : [];
}
