/** What a key picture of HEVC or AV1 is, by its bitstream: pure. */
import { isShownKeyFrame, sequenceHeaderOf } from './fmp4/av1-samples.js';
import { hevcUnits, isOneOf, setsInBand, setsOfConfiguration } from './fmp4/hevc-samples.js';

export type CopiedCodec = 'hevc' | 'av1';

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

/** Tells what the key pictures of one stream are. `configuration`: its hvcC or av1C. */
export function keyPictureReader(
  codec: CopiedCodec,
  configuration: Uint8Array,
): (data: Uint8Array) => KeyPicture {
  return codec === 'hevc' ? hevcReader(configuration) : av1Reader();
}

function hevcReader(hvcC: Uint8Array) {
  const sets = setsOfConfiguration(hvcC) ?? [];
  return (data: Uint8Array): KeyPicture => {
    if (!setsInBand(data).every((set) => isOneOf(set, sets))) return 'none';
    const type = hevcUnits(data).find((unit) => unit.type < firstOtherType)?.type ?? -1;
    if (closedTypes.includes(type)) return 'closed';
    return openTypes.includes(type) ? 'perhaps' : 'none';
  };
}

/** Every key frame brings its header; SVT-AV1 writes another one into av1C, which says less. */
function av1Reader() {
  let first: Uint8Array | undefined;
  return (data: Uint8Array): KeyPicture => {
    const header = sequenceHeaderOf(data);
    if (header === undefined || !isShownKeyFrame(data)) return 'none';
    first ??= header;
    return isOneOf(header, [first]) ? 'closed' : 'none';
  };
}
