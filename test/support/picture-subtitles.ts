/** Presentation graphics (PGS, `.sup`) made by hand: ffmpeg can read them, not write them. */

export interface WordsOnScreen {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
}

interface Canvas {
  readonly width: number;
  readonly height: number;
}

const box = { x: 20, y: 130, width: 100, height: 20 };

/** A white box stands for the words. */
export function pictureSubtitles(words: readonly WordsOnScreen[], canvas: Canvas): Buffer {
  const shownAndCleared = words.flatMap(({ from, to }) => [
    shown(from, canvas),
    cleared(to, canvas),
  ]);
  // A file that starts with words later would have them at its own time zero.
  return Buffer.concat([cleared(0, canvas), ...shownAndCleared]);
}

function shown(seconds: number, canvas: Canvas): Buffer {
  const { x, y, width, height } = box;
  const lines = rle(width, height);
  return Buffer.concat([
    segment(seconds, 0x16, [...head(canvas, 0x80, 1), 0, 0, 0, 0, ...two(x), ...two(y)]),
    segment(seconds, 0x17, [1, 0, ...two(x), ...two(y), ...two(width), ...two(height)]),
    segment(seconds, 0x14, [0, 0, 1, 235, 128, 128, 255]),
    segment(seconds, 0x15, [
      ...[...two(0), 0, 0xc0, 0, ...two(lines.length + 4)],
      ...[...two(width), ...two(height), ...lines],
    ]),
    segment(seconds, 0x80, []),
  ]);
}

function cleared(seconds: number, canvas: Canvas): Buffer {
  const { x, y, width, height } = box;
  return Buffer.concat([
    segment(seconds, 0x16, head(canvas, 0, 0)),
    segment(seconds, 0x17, [1, 0, ...two(x), ...two(y), ...two(width), ...two(height)]),
    segment(seconds, 0x80, []),
  ]);
}

/** Of a presentation composition: its size, a number, whether an epoch starts, how many objects. */
function head({ width, height }: Canvas, state: number, objects: number): number[] {
  return [...two(width), ...two(height), 0x10, 0, 0, state, 0, 0, objects];
}

/** Each line is one run of colour 1. */
function rle(width: number, height: number): number[] {
  const line = [0, 0xc0 | (width >> 8), width & 0xff, 1, 0, 0];
  return Array.from({ length: height }, () => line).flat();
}

function segment(seconds: number, type: number, data: readonly number[]): Buffer {
  const header = Buffer.alloc(13);
  header.write('PG', 'latin1');
  header.writeUInt32BE(Math.round(seconds * 90_000), 2);
  header[10] = type;
  header.writeUInt16BE(data.length, 11);
  return Buffer.concat([header, Buffer.from(data)]);
}

function two(value: number): number[] {
  return [value >> 8, value & 0xff];
}
