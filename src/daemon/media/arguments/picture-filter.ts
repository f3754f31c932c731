import type {
  BurnedSubtitle,
  Colors,
  PictureTreatment,
  VideoTraits,
} from '../../../shared/renditions.js';
import type { Size } from '../source/shown-size.js';

/**
 * The filter graph of an encode: picture n of the list, largest first, comes out of `[vn]`. What is before
 * `startSeconds` is dropped: it is decoded only because decoding has to start there. Each smaller picture
 * is made from the next larger one, not from the source.
 */
export function pictureFilter(pictures: readonly VideoTraits[], startSeconds: number): string {
  const [largest] = pictures;
  if (largest === undefined) throw new Error('there is no picture to make');
  const stages = pictures.map((picture, index) => {
    const filter = index === 0 ? fromSource(picture, startSeconds) : scale(picture);
    const isLast = index === pictures.length - 1;
    const outputs = isLast ? `[v${index}]` : `,split=2[v${index}][t${index + 1}]`;
    return `${index === 0 ? `[0:${picture.stream}]` : `[t${index}]`}${filter}${outputs}`;
  });
  return stages.join(';');
}

function fromSource(picture: VideoTraits, startSeconds: number): string {
  const { treatment, burned } = picture;
  const filters = [
    // Before anything is dropped: it needs the frames on both sides.
    ...(treatment?.isInterlaced === true ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `trim=start=${startSeconds}`,
    ...(treatment === undefined ? [scale(picture)] : inColor(picture, treatment)),
    'format=yuv420p',
  ].join(',');
  return burned === undefined ? filters : `${filters}${words(picture, burned)}`;
}

/** As wide as the picture; where theirs is higher, as with a film without its bars, the lower part is what counts. */
function words({ width }: Size, { stream, aspect }: BurnedSubtitle): string {
  const laidOver = 'overlay=x=0:y=H-h:eof_action=pass,format=yuv420p';
  const height = aspect === undefined ? -1 : Math.round(width / aspect);
  // From ffmpeg 7 on their times are rounded up, and they would come a frame late.
  const drawn = `setpts=PTS-0.002/TB,scale=${width}:${height}`;
  return `[below];[0:${stream}]${drawn}[words];[below][words]${laidOver}`;
}

/** Scaled, in the colours that a treatment brings it to. */
export function inColor(size: Size, treatment: PictureTreatment): string[] {
  const { to, isToneMapped = false } = treatment;
  return [
    isToneMapped ? toneMapFilter(size, treatment) : scale(size, treatment),
    'setsar=1',
    colorTags(to),
  ];
}

type Conversion = Pick<PictureTreatment, 'from' | 'to'>;

/** Without a conversion the numbers stay as they are. */
function scale({ width, height }: Size, conversion?: Conversion): string {
  const size = `scale=${width}:${height}:flags=bicubic`;
  if (conversion === undefined) return `${size},setsar=1`;
  const { from, to } = conversion;
  const input =
    from.matrix === 'rgb' ? '' : `:in_color_matrix=${scaleName(from)}:in_range=${from.range}`;
  return `${size}${input}:out_color_matrix=${scaleName(to)}:out_range=tv`;
}

/** The scale filter knows fewer matrices, some by other names; what it does not know it leaves alone. */
function scaleName({ matrix }: Colors): string {
  if (matrix.startsWith('bt2020')) return 'bt2020';
  return ['bt709', 'smpte170m', 'smpte240m', 'fcc'].includes(matrix) ? matrix : 'bt470';
}

/** Light itself is mapped, not its numbers: HDR10 and HLG to what an SDR screen shows. Scaled first, it costs less. */
export function toneMapFilter({ width, height }: Size, { from, to }: Conversion): string {
  const isHdr = ['smpte2084', 'arib-std-b67'].includes(from.transfer);
  return [
    colorTags(from),
    `zscale=w=${width}:h=${height}:filter=bicubic:t=linear:npl=100`,
    ...['format=gbrpf32le', `zscale=p=${to.primaries}`],
    ...(isHdr ? ['tonemap=hable:desat=0'] : []),
    `zscale=t=${to.transfer}:m=${to.matrix}:p=${to.primaries}:r=tv`,
  ].join(',');
}

/** What the container says may never have reached the frames. */
function colorTags({ matrix, primaries, transfer, range }: Colors): string {
  const names = `color_primaries=${primaries}:color_trc=${transfer}`;
  return `setparams=range=${range}:colorspace=${matrix}:${names}`;
}
