/** What a key picture of HEVC or AV1 is, by its bitstream: pure. */
import {
  firstFrameAmong,
  isShownKeyFrame,
  obusOf,
  sequenceHeaderAmong,
} from '../fmp4/av1-samples.js';
import { hevcUnits, isOneOf, setsAmong, setsOfConfiguration } from '../fmp4/hevc-samples.js';
import type { SourceStream } from '../source/inspect.js';

export type CopiedCodec = 'hevc' | 'av1';

/** Which of the codecs it is; undefined: of none. */
export function copiedCodecOf({ codec_name }: SourceStream): CopiedCodec | undefined {
  return codec_name === 'hevc' || codec_name === 'av1' ? codec_name : undefined;
}

/**
 * `closed`: whatever follows it in decode order can be decoded from it. `perhaps`: what follows it and is
 * shown before it may not be. `none`: decoding cannot start with it, or needs other parameters.
 */
export type KeyPicture = 'closed' | 'perhaps' | 'none';

/** ITU-T H.265 table 7-1: BLA_W_RADL, BLA_N_LP, IDR_W_RADL, IDR_N_LP: what leads them can be decoded. */
const closedTypes: readonly number[] = [17, 18, 19, 20];
/** BLA_W_LP, CRA_NUT: what leads them may need what came before. */
const openTypes: readonly number[] = [16, 21];
/** Below are coded slices; all of a picture have the same type. */
const firstOtherType = 32;

/**
 * What a picture of `sizeBytes` is by its beginning, or by all of it; undefined where these bytes end before its
 * first slice or frame.
 */
type KeyPictureReader = (data: Uint8Array, sizeBytes?: number) => KeyPicture | undefined;

/** Tells what the key pictures of one stream are. `configuration`: its hvcC or av1C. */
export function keyPictureReader(codec: CopiedCodec, configuration: Uint8Array): KeyPictureReader {
  return codec === 'hevc' ? hevcReader(configuration) : av1Reader();
}

function hevcReader(hvcC: Uint8Array): KeyPictureReader {
  const sets = setsOfConfiguration(hvcC) ?? [];
  return (data, sizeBytes) => {
    const units = hevcUnits(data, sizeBytes);
    const slice = units.find((unit) => unit.type < firstOtherType);
    if (slice === undefined) return undefined;
    if (!setsAmong(units, data).every((set) => isOneOf(set, sets))) return 'none';
    if (closedTypes.includes(slice.type)) return 'closed';
    return openTypes.includes(slice.type) ? 'perhaps' : 'none';
  };
}

/** Every key frame brings its header; SVT-AV1 writes another one into av1C, which says less. */
function av1Reader(): KeyPictureReader {
  let known: Uint8Array | undefined;
  return (data, sizeBytes) => {
    const obus = obusOf(data, sizeBytes);
    const header = sequenceHeaderAmong(obus);
    if (firstFrameAmong(obus) < 0) return undefined;
    if (header === undefined || !isShownKeyFrame(obus)) return 'none';
    known ??= header;
    return isOneOf(header, [known]) ? 'closed' : 'none';
  };
}
