import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOfTile } from '../../../src/shared/storyboard.js';
import { toSeconds } from '../../../src/shared/time.js';
import { colorAt, ffmpeg, shownShape, workOn, type Rgb } from '../../support/worker-bench.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-storyboards-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const colors = ['0xd03030', '0x30b040', '0x3050d0', '0xd0c030'];

/** Every 6 s another colour, so that each picture says which segment it is of. */
function colored(seconds: number, size = '320x180'): string[] {
  const parts = Array.from({ length: Math.ceil(seconds / 6) }, (_, n) => {
    const length = Math.min(6, seconds - 6 * n);
    return `color=${colors[n % colors.length]}:s=${size}:r=10:d=${length}[c${n}]`;
  });
  const names = parts.map((_, n) => `[c${n}]`).join('');
  return [
    '-filter_complex',
    `${parts.join(';')};${names}concat=n=${parts.length}[v]`,
    '-map',
    '[v]',
  ];
}

/** Segments of 6 s begin where the colour changes: each has a key frame there, or the source one in all. */
const everySegment = ['-g', '60', '-keyint_min', '60'];
const onlyOne = ['-g', '100000', '-keyint_min', '100000'];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-sc_threshold', '0'];

async function storyboardOf(
  name: string,
  options: readonly string[],
  prepare: (source: string) => Promise<string> = (source) => Promise.resolve(source),
) {
  const made = join(directory, name);
  await ffmpeg(...options, made);
  const work = await workOn(await prepare(made));
  const pictures = work.renditions.filter(({ traits }) => traits.kind === 'video');
  const smallest = pictures.at(-1);
  if (smallest === undefined) throw new Error('no picture');
  await work.run(smallest.method === 'copied' ? 'copy' : 'encode', [smallest.name]);
  const { storyboard, sheets } = await work.storyboard(smallest.name);
  const seen: { seconds: number; color: Rgb }[] = [];
  for (const [tile, ticks] of storyboard.tileTicks.entries()) {
    const { sheet, ...place } = placeOfTile(storyboard, tile);
    const size = { width: storyboard.tileWidth, height: storyboard.tileHeight };
    const color = await colorAt(sheets[sheet] ?? '', { ...place, ...size });
    seen.push({ seconds: toSeconds(ticks), color });
  }
  const shapes = await Promise.all(sheets.map(shownShape));
  const bytes = await Promise.all(sheets.map(async (sheet) => (await stat(sheet)).size));
  await work.close();
  return { storyboard, seen, shapes, bytes, method: smallest.method };
}

function expectColors(seen: readonly { seconds: number; color: Rgb }[]): void {
  const off = seen.map(({ seconds, color }) => {
    const wanted = colors[Math.floor((seconds + 0.5) / 6) % colors.length] ?? '';
    const rgb = [2, 4, 6].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    return Math.max(...rgb.map((value, index) => Math.abs(value - (color[index] ?? 0))));
  });
  expect(Math.max(...off), JSON.stringify(seen)).toBeLessThanOrEqual(12);
}

describe('a storyboard', () => {
  it('of more than one sheet shows at each time what is seen then', async () => {
    const { storyboard, seen, shapes, bytes, method } = await storyboardOf('long.mkv', [
      ...colored(165),
      ...[...x264, ...everySegment],
    ]);
    expect(method).toBe('copied');
    expect(storyboard).toMatchObject({ tileWidth: 256, tileHeight: 144, columns: 5, rows: 5 });
    expect(seen.map(({ seconds }) => seconds)).toEqual(Array.from({ length: 28 }, (_, n) => 6 * n));
    expectColors(seen);
    expect(shapes).toEqual([
      [1280, 720],
      [1280, 144],
    ]);
    expect(bytes).toEqual(storyboard.sheetBytes);
  });

  it('does not need key frames in the source, nor a clock that starts at zero', async () => {
    const { seen, method } = await storyboardOf(
      'rare.mkv',
      [...colored(32), ...x264, ...onlyOne],
      async (source) => {
        const late = join(directory, 'late.mkv');
        await ffmpeg('-i', source, '-c', 'copy', '-output_ts_offset', '7.5', late);
        return late;
      },
    );
    expect(method).toBe('encoded');
    expect(seen).toHaveLength(6);
    expectColors(seen);
  });

  it('is upright where a phone filmed upright', async () => {
    const { storyboard, seen, shapes } = await storyboardOf(
      'sideways.mp4',
      [...colored(14), ...x264, ...everySegment],
      async (source) => {
        const upright = join(directory, 'upright.mp4');
        await ffmpeg('-display_rotation', '90', '-i', source, '-c', 'copy', upright).catch(() =>
          ffmpeg('-i', source, '-c', 'copy', '-metadata:s:v', 'rotate=90', upright),
        );
        return upright;
      },
    );
    expect(storyboard).toMatchObject({ tileWidth: 144, tileHeight: 256 });
    expect(shapes).toEqual([[3 * 144, 256]]);
    expectColors(seen);
  });

  it('has the shape of the picture where its pixels are no squares', async () => {
    const { storyboard } = await storyboardOf('wide.mkv', [
      ...colored(3, '720x576'),
      ...[...x264, '-aspect', '16:9'],
    ]);
    expect(storyboard).toMatchObject({ tileWidth: 256, tileHeight: 144 });
  });

  it('of a clip shorter than its interval is one picture', async () => {
    const { storyboard, seen, shapes } = await storyboardOf('short.mkv', [...colored(2), ...x264]);
    expect(storyboard.tileTicks).toEqual([0]);
    expect(shapes).toEqual([[256, 144]]);
    expectColors(seen);
  });
});
