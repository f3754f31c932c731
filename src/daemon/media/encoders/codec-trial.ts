import { KdramaError } from '../../../shared/errors.js';
import type { VideoTraits } from '../../../shared/renditions.js';
import {
  plainEncoder,
  type PictureEncoder,
  type VariantCodec,
} from '../../../shared/resolutions.js';
import { ticksPerSecond } from '../../../shared/time.js';
import { cpuEncoder } from '../arguments/cpu-encoder.js';
import { fitsCodec } from '../codecs/fits-codec.js';
import { reorderDepth } from '../fmp4/avc-samples.js';
import { writeInitSegment } from '../fmp4/init.js';
import { pictureHeaderOf } from '../fmp4/picture-header.js';
import { keyPictureReader } from '../frames/key-picture.js';
import { encodeSample, withClip, type EncodedSample, type SampleClip } from '../tools/self-test.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import { av1MainCodecString, hevcMainCodecString } from '../codecs/variant-levels.js';
import { firstReason } from './first-reason.js';
import { mostReordering, trialPicture } from './trial.js';

/** Whether rungs can be made in another codec than H.264. */
export interface CodecFinding {
  readonly codec: VariantCodec;
  /** As ffmpeg lists it. */
  readonly encoder: string;
  /** Why not; '' where they can. */
  readonly reason: string;
}

/** As chunks are: x265 makes the next segment's key picture where it is told to, SVT-AV1 at its start. */
const trials: Readonly<Record<VariantCodec, { picture: VideoTraits; chunks: number[][] }>> = {
  hevc: {
    picture: { ...trialPicture, codecs: hevcMainCodecString(trialPicture) },
    chunks: [
      [0, 0.76, 1],
      [1, 2],
    ],
  },
  av1: {
    picture: { ...trialPicture, codecs: av1MainCodecString(trialPicture), reorderTicks: 0 },
    chunks: [
      [0, 0.4],
      [0.4, 2],
    ],
  },
};

/** Each encodes real frames: that ffmpeg lists an encoder does not mean that it works. About a second. */
export async function tryCodecs(
  tools: Tools,
  codecs: readonly VariantCodec[],
  settings: PictureEncoder = plainEncoder,
): Promise<CodecFinding[]> {
  if (codecs.length === 0) return [];
  return withClip(tools, trialPicture, async (clip) => {
    const findings: CodecFinding[] = [];
    for (const codec of codecs) {
      const encoder = cpuEncoder(trials[codec].picture).name;
      const reason = await reasonAgainst(tools, clip, codec, settings);
      findings.push({ codec, encoder, reason });
    }
    return findings;
  });
}

async function reasonAgainst(
  tools: Tools,
  clip: SampleClip,
  codec: VariantCodec,
  encoder: PictureEncoder,
): Promise<string> {
  const { chunks, ...trial } = trials[codec];
  const picture = { ...trial.picture, encoder };
  try {
    const samples: EncodedSample[] = [];
    for (const seconds of chunks) {
      const boundaries = seconds.map((each) => Math.round(each * ticksPerSecond));
      samples.push(await encodeSample({ tools, clip, picture, boundaries }));
    }
    return flawOf(samples, picture, codec) ?? '';
  } catch (error) {
    if (!(error instanceof KdramaError)) throw error;
    return firstReason(error.message);
  }
}

function flawOf(
  samples: readonly EncodedSample[],
  { codecs, reorderTicks }: VideoTraits,
  codec: VariantCodec,
): string | undefined {
  const [init, ...others] = samples.map(({ moov }) => writeInitSegment(moov, reorderTicks));
  if (others.some((other) => init?.equals(other) !== true)) return 'init segments differ';
  for (const { moov, segments } of samples) {
    const header = pictureHeaderOf(moov);
    const made = header?.codecs ?? 'something else';
    if (header === undefined || !fitsCodec(made, codecs))
      return `expected ${codecs}, it made ${made}`;
    const read = keyPictureReader(codec, header.configuration);
    const firsts = segments.flatMap((segment) => segment.samples.slice(0, 1));
    if (firsts.some(({ data }) => read(data) !== 'closed')) return 'its key pictures are open';
    const depth = Math.max(...segments.map((segment) => reorderDepth(segment.samples)));
    if (depth > mostReordering) return `it reorders by ${depth} pictures`;
  }
  return undefined;
}
