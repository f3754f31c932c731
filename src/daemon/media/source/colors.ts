/** What colours a picture has and what has to become of them: pure. Names are ffmpeg's. */
import type { Colors, PictureTreatment } from '../../../shared/renditions.js';
import type { DynamicRange } from '../codecs/av1-codec-string.js';
import type { SourceStream } from './inspect.js';

/** Matrices of pictures as televisions and browsers show them; others are turned into BT.709. */
const kept = ['bt709', 'smpte170m', 'bt470bg'];
const keptPrimaries = [...kept, 'bt470m', 'smpte240m'];
const keptTransfers = [
  ...['bt709', 'smpte170m', 'bt470m', 'bt470bg', 'smpte240m', 'iec61966-2-1', 'iec61966-2-4'],
  ...['bt2020-10', 'bt2020-12', 'bt1361e'],
];
const rgb = ['gbr', 'rgb'];

export function dynamicRange({ color_transfer }: SourceStream): DynamicRange {
  if (color_transfer === 'smpte2084') return 'PQ';
  return color_transfer === 'arib-std-b67' ? 'HLG' : 'SDR';
}

/**
 * What a picture's numbers mean. Where nobody says, as players guess: BT.709 from 720 lines on, BT.601
 * below.
 */
export function sourceColors(stream: SourceStream): Colors {
  const { color_space, color_primaries, color_transfer, color_range, pix_fmt = '' } = stream;
  const isRgb = rgb.includes(color_space ?? '') || /^(gbr|rgb|bgr|argb|abgr|pal8)/.test(pix_fmt);
  const matrix = isRgb ? 'rgb' : (known(color_space) ?? guessedMatrix(stream));
  const plain = isRgb || matrix.startsWith('bt2020') ? 'bt709' : matrix;
  const wide = matrix.startsWith('bt2020') ? 'bt2020' : plain;
  return {
    matrix,
    primaries: known(color_primaries) ?? wide,
    // The gamma of 2.8 that goes by the name of this matrix is what nothing was ever shown with.
    transfer: known(color_transfer) ?? (plain === 'bt470bg' ? 'smpte170m' : plain),
    range: isRgb || color_range === 'pc' || pix_fmt.startsWith('yuvj') ? 'pc' : 'tv',
  };
}

/** What is done to a picture beside scaling it. */
export function treatmentOf(
  stream: SourceStream,
  { canToneMap }: { readonly canToneMap: boolean },
): PictureTreatment {
  const from = sourceColors(stream);
  const isWide = dynamicRange(stream) !== 'SDR' || from.primaries === 'bt2020';
  const toneMap = isWide && canToneMap ? { isToneMapped: true } : {};
  return { isInterlaced: isInterlaced(stream), from, to: shownColors(from), ...toneMap };
}

/** SDR of one of the common kinds stays what it is: no rounding for nothing. */
function shownColors({ matrix, primaries, transfer }: Colors): Colors {
  const isKept = kept.includes(matrix) && keptPrimaries.includes(primaries);
  if (!isKept || !keptTransfers.includes(transfer)) return bt709;
  return { matrix, primaries, transfer, range: 'tv' };
}

const bt709: Colors = { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', range: 'tv' };

function guessedMatrix({ width = 0, height = 0, color_primaries }: SourceStream): string {
  if (color_primaries === 'bt2020') return 'bt2020nc';
  if (kept.includes(color_primaries ?? '')) return color_primaries ?? '';
  return Math.min(width, height) >= 720 || Math.max(width, height) >= 1280 ? 'bt709' : 'smpte170m';
}

function known(name: string | undefined): string | undefined {
  return name === 'unknown' || name === 'reserved' ? undefined : name;
}

export function isInterlaced({ field_order }: SourceStream): boolean {
  return ['tt', 'bb', 'tb', 'bt'].includes(field_order ?? '');
}
