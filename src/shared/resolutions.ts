/** Renditions of the picture as people name them: `1080p`, `720p=2.5M`, `1280x720`. */

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
  /** Ceiling of its encoder in bits per second; absent: the one that rungs of this name have. */
  readonly maxBitRate?: number;
}

/** What is expected where a resolution is. */
export const resolutionWords =
  'expected resolutions like 1080p, 1280x720 or 720p=2.5M, with a ceiling from 50k to 100M bits per second';
/** The same where only the names themselves are taken. */
export const rungWords = `expected some of ${rungNames.join(', ')}, each once, =2.5M behind for a ceiling from 50k to 100M bits per second`;

/** Pure: a name of ours, with its ceiling; undefined for anything else. */
export function parseRung(text: string): WantedRung | undefined {
  const { place, maxBitRate } = split(text);
  const name = rungNames.find((each) => each === place.toLowerCase());
  return name === undefined || maxBitRate === null ? undefined : { name, ...maxBitRate };
}

/**
 * Pure: a name (`700p`) or a box (`1280x720`) as the largest rung that is not above it, the smallest
 * rung at least; undefined for anything else.
 */
export function parseResolution(text: string): WantedRung | undefined {
  const { place, maxBitRate } = split(text);
  const lines = shortSide(place);
  if (lines === undefined || maxBitRate === null) return undefined;
  const name = rungNames.find((rung) => linesOf(rung) <= lines) ?? '240p';
  return { name, ...maxBitRate };
}

/** Pure: as it is stored and shown, one text for one meaning. */
export function rungText({ name, maxBitRate }: WantedRung): string {
  return maxBitRate === undefined ? name : `${name}=${maxBitRate}`;
}

/** Pure: the largest first, each name once; who names one twice means the last. */
export function inOrder(rungs: readonly WantedRung[]): WantedRung[] {
  const byName = new Map(rungs.map((rung) => [rung.name, rung]));
  return rungNames.flatMap((name) => byName.get(name) ?? []);
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
  return { topRendition: wanted[0]?.name ?? '240p', rungs: wanted.map(rungText) };
}

/** Lines of a rung's box when it lies on its long side. */
export function linesOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** `maxBitRate`: null where what stands behind `=` is none. */
function split(text: string): { place: string; maxBitRate: { maxBitRate?: number } | null } {
  const [place = '', cap, ...more] = text.trim().split('=');
  if (cap === undefined) return { place, maxBitRate: {} };
  const bits = more.length > 0 ? undefined : parseBitRate(cap);
  return { place, maxBitRate: bits === undefined ? null : { maxBitRate: bits } };
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
