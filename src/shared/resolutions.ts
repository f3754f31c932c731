/** Renditions of the picture as people name them: `1080p`, `720p=2.5M`, `1280x720`, `1080p-hevc`. */

/** Names of the boxes that a picture can be asked to fit into, the largest first. */
export const rungNames = [
  '2160p',
  '1440p',
  '1080p',
  '720p',
  '540p',
  '480p',
  '360p',
  '240p',
] as const;
export type RungName = (typeof rungNames)[number];

/** Those of every ladder where nobody says anything, as they are written. */
export const plainResolutions: readonly string[] = ['1080p', '720p', '360p'];

/** What a rung is encoded in where somebody asks for it, beside H.264, which no name says. */
export const variantCodecs = ['hevc', 'av1'] as const;
export type VariantCodec = (typeof variantCodecs)[number];

/** The presets of x264, the fastest first. Its last, placebo, only takes longer. */
export const presets = [
  'ultrafast',
  'superfast',
  'veryfast',
  'faster',
  'fast',
  'medium',
  'slow',
  'slower',
  'veryslow',
] as const;
export type Preset = (typeof presets)[number];

/** How x264 encodes a picture under its ceiling. */
export interface PictureEncoder {
  /** Constant rate factor. */
  readonly crf: number;
  readonly preset: Preset;
}

/** Where nobody says anything, and of all that was planned before somebody could: as PeerTube has it. */
export const plainEncoder: PictureEncoder = { crf: 23, preset: 'veryfast' };

/** Of x264: 0 would be lossless, which no player of High profile shows. Lower is better and larger. */
export const crfLimits = { lowest: 1, highest: 51 } as const;

/** Bits per second: less makes no picture, more no level of H.264 has room for. */
const capLimits = { lowest: 50_000, highest: 100_000_000 } as const;

/** A rung that is wanted. */
export interface WantedRung {
  readonly name: RungName;
  /** Absent: H.264. */
  readonly codec?: VariantCodec;
  /** Ceiling of its encoder in bits per second; absent: the one that rungs of this name have. */
  readonly maxBitRate?: number;
}

/** What is expected where a resolution is. */
export const resolutionWords =
  'expected resolutions like 1080p, 1280x720, 720p=2.5M or 1080p-hevc (or -av1), with a ceiling from 50k to 100M bits per second';
/** The same where only the names themselves are taken. */
export const rungWords = `expected some of ${rungNames.join(', ')}, each once, -hevc or -av1 behind for another codec than H.264, =2.5M for a ceiling from 50k to 100M bits per second`;

/** Pure: a name of ours, with its ceiling; undefined for anything else. */
export function parseRung(text: string): WantedRung | undefined {
  const { place, ...more } = split(text) ?? {};
  const name = rungNames.find((each) => each === place?.toLowerCase());
  return name === undefined ? undefined : { name, ...more };
}

/**
 * Pure: a name (`700p`) or a box (`1280x720`) as the largest rung that is not above it, the smallest
 * rung at least; undefined for anything else.
 */
export function parseResolution(text: string): WantedRung | undefined {
  const { place = '', ...more } = split(text) ?? {};
  const lines = shortSide(place);
  if (lines === undefined) return undefined;
  const name = rungNames.find((rung) => linesOf(rung) <= lines) ?? '240p';
  return { name, ...more };
}

/** Pure: as it is stored and shown, one text for one meaning. */
export function rungText(rung: WantedRung): string {
  const name = fullName(rung);
  return rung.maxBitRate === undefined ? name : `${name}=${rung.maxBitRate}`;
}

/** Pure: what a rendition of it is called: `720p`, `720p-hevc`. */
export function fullName({ name, codec }: { name: string; codec?: VariantCodec }): string {
  return codec === undefined ? name : `${name}-${codec}`;
}

/** Pure: whether a rendition of that name is H.264. */
export function isPlainName(name: string): boolean {
  return !variantCodecs.some((codec) => name.endsWith(`-${codec}`));
}

/** Pure: those in H.264, then codec by codec, the largest first, each once; who names one twice means the last. */
export function inOrder(rungs: readonly WantedRung[]): WantedRung[] {
  const byName = new Map(rungs.map((rung) => [fullName(rung), rung]));
  return [{}, ...variantCodecs.map((codec) => ({ codec }))].flatMap((codec) =>
    rungNames.flatMap((name) => byName.get(fullName({ name, ...codec })) ?? []),
  );
}

/**
 * Pure: what of a job's settings resolutions ask for: these and no others. What is none is left out: it
 * was refused where it came in.
 */
export function ladderOf(resolutions: readonly string[]): {
  topRendition: RungName;
  rungs: string[];
} {
  const wanted = inOrder(resolutions.flatMap((text) => parseResolution(text) ?? []));
  const topRendition = rungNames.find((name) => wanted.some((rung) => rung.name === name));
  return { topRendition: topRendition ?? '240p', rungs: wanted.map(rungText) };
}

/** Lines of a rung's box when it lies on its long side. */
export function linesOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** undefined where what stands behind `-` is no codec of ours or what stands behind `=` no ceiling. */
function split(text: string): (Omit<WantedRung, 'name'> & { readonly place: string }) | undefined {
  const [named = '', cap, ...more] = text.trim().split('=');
  const [place = '', suffix, ...others] = named.split('-');
  const codec = variantCodecs.find((each) => each === suffix?.toLowerCase());
  const maxBitRate = cap === undefined ? undefined : parseBitRate(cap);
  const isWrong =
    more.length + others.length > 0 ||
    (suffix !== undefined && codec === undefined) ||
    (cap !== undefined && maxBitRate === undefined);
  if (isWrong) return undefined;
  return { place, ...(codec && { codec }), ...(maxBitRate !== undefined && { maxBitRate }) };
}

function parseBitRate(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,9}(?:\.\d{1,6})?)(k|m|)$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const factor = { k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const bits = Math.round(Number(digits) * factor);
  return bits >= capLimits.lowest && bits <= capLimits.highest ? bits : undefined;
}

function shortSide(place: string): number | undefined {
  const name = /^(\d{2,4})p$/i.exec(place)?.[1];
  if (name !== undefined) return Number(name);
  const box = /^(\d{2,5})x(\d{2,5})$/i.exec(place);
  return box === null ? undefined : Math.min(Number(box[1]), Number(box[2]));
}
