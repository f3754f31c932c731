import { buffer } from 'node:stream/consumers';
import { KdramaError } from '../../../shared/errors.js';
import type { AudioTraits } from '../../../shared/renditions.js';
import { silenceArguments, silenceBytes } from '../arguments/silence.js';
import { ac3, eac3 } from '../codecs/codec-strings.js';
import { runPiped } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** Frames of AAC-LC that decode to silence, all elements without a spectrum, by channels. */
const silentAac: Readonly<Record<number, Uint8Array>> = {
  2: Buffer.from('210049900219002380', 'hex'),
  6: Buffer.from('011820010880230460231004608c0c230000e0', 'hex'),
};

/** A frame that is silent, for gaps in a copied rendition. Throws TRANSCODE_FAILED. */
export async function silentFrame(
  tools: Tools,
  { codecs, channels }: Pick<AudioTraits, 'codecs' | 'channels'>,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const codec = codecs === ac3 ? 'ac3' : codecs === eac3 ? 'eac3' : undefined;
  const frame = codec === undefined ? silentAac[channels] : await encoded(tools, codec, signal);
  if (frame !== undefined) return frame;
  throw new KdramaError('TRANSCODE_FAILED', `no silence for ${channels} channels of ${codecs}`);
}

async function encoded(tools: Tools, codec: 'ac3' | 'eac3', signal: AbortSignal) {
  const run = runPiped(tools.ffmpeg, silenceArguments(codec), 1, signal);
  run.stdout.resume();
  const [output] = run.outputs;
  const bytes = output === undefined ? Buffer.alloc(0) : await buffer(output);
  await run.ended;
  return bytes.length < silenceBytes ? undefined : bytes.subarray(0, silenceBytes);
}
