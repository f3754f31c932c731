/** How a picture is to be shown, by what its container and its bitstream say: pure. */
import type { SourceStream } from './inspect.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture as it is shown: upright, with square pixels. */
export function shownSize(stream: SourceStream): Size {
  const wide = Math.round((stream.width ?? 0) * (pixelAspect(stream) ?? 1));
  const height = stream.height ?? 0;
  return rotation(stream) % 180 === 0 ? { width: wide, height } : { width: height, height: wide };
}

/** Width of a pixel over its height; undefined when nobody says: then pixels are square. */
export function pixelAspect(stream: SourceStream): number | undefined {
  const match = /^(\d+):(\d+)$/.exec(stream.sample_aspect_ratio ?? '');
  const ratio = match === null ? Number.NaN : Number(match[1]) / Number(match[2]);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** Degrees by which a player turns the picture: 0, 90, 180 or 270. */
export function rotation(stream: SourceStream): number {
  const degrees = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

/** Whether a player shows it as in a mirror: its display matrix (`a b u c d v …`) turns the plane over. */
export function isMirrored(stream: SourceStream): boolean {
  const text = stream.side_data_list.find((data) => data.displaymatrix !== undefined);
  const rows = [...(text?.displaymatrix ?? '').matchAll(/^[0-9a-f]+:((?: +-?\d+){3})/gm)];
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = rows.map((row) =>
    (row[1] ?? '').trim().split(/ +/).map(Number),
  );
  return a * d - b * c < 0;
}
