import { parseHexDump } from '../ffmpeg/hex-dump.js';
import type { SourceStream } from '../source/inspect.js';

/**
 * Samples of which every coded frame of a sound is a whole multiple; undefined where frames differ or
 * nobody knows. At the sample rate of the decoder, or twice that with SBR.
 */
export function codedFrameSamples(stream: SourceStream): number | undefined {
  if (stream.codec_name === 'flac') return flacBlockSamples(parseHexDump(stream.extradata ?? ''));
  if (stream.codec_name === 'mp3') return (stream.sample_rate ?? 0) < 32_000 ? 576 : 1152;
  return frameSamples[stream.codec_name ?? ''];
}

const frameSamples: Readonly<Record<string, number>> = {
  aac: 1024,
  ac3: 1536,
  eac3: 256, // one block; a frame has one, two, three or six
  dts: 512,
  mp2: 1152,
  opus: 960, // 20 ms at 48 kHz, as every encoder does unless told otherwise
};

/** STREAMINFO (RFC 9639, 8.2) begins with the least and the most samples of a block. */
function flacBlockSamples(streamInfo: Uint8Array): number | undefined {
  if (streamInfo.length < 4) return undefined;
  const [least, most] = [0, 2].map((at) => Buffer.from(streamInfo).readUInt16BE(at));
  return least === most && most !== 0 ? most : undefined;
}
