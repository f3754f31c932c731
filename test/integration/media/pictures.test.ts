import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VideoTraits } from '../../../src/shared/renditions.js';
import {
  colorsOf,
  ffmpeg,
  shownColor,
  shownTimes,
  tools,
  workOn,
  type Rgb,
} from '../../support/worker-bench.js';

const exec = promisify(execFile);
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-pictures-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Made {
  readonly method: string;
  readonly reason: string;
  readonly traits: VideoTraits;
  /** Of the largest rendition. */
  readonly path: string;
}

/** The largest rendition of a clip, made as a whole. */
async function largestOf(source: string): Promise<Made> {
  const work = await workOn(source);
  const [largest] = work.probed.renditions;
  if (largest === undefined) throw new Error('it has no rendition');
  await work.run(largest.method === 'copied' ? 'copy' : 'encode', [largest.name]);
  const path = join(directory, `${work.directory.split('-').at(-1)}.mp4`);
  await exec('cp', [await work.joined(largest.name), path]);
  await work.close();
  return { ...largest, traits: largest.traits as VideoTraits, path };
}

async function clip(name: string, ...options: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg(...options, path);
  return path;
}

const moving = (size: string, rate: number) => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=2`],
];

describe('the shape of a picture', () => {
  it('interlaced is deinterlaced, with every frame once', async () => {
    const fields = ['-vf', 'interlace=scan=tff', '-flags', '+ilme+ildct'];
    const source = await clip('i.ts', ...moving('720x576', 50), ...fields, '-c:v', 'mpeg2video');
    const made = await largestOf(source);
    expect(made.reason).toBe('MPEG-2, interlaced');
    expect(await shownTimes(made.path)).toHaveLength((await shownTimes(source)).length);
    const { stderr } = await exec('ffmpeg', ['-i', made.path, '-vf', 'idet', '-f', 'null', '-']);
    // From ffmpeg 7 on a filter that was set up and never used says so first.
    const said = stderr.split('Multi frame detection:').at(-1) ?? '';
    const [tff = 1, bff = 1, progressive = 0] = [...said.matchAll(/: *(\d+)/g)].map(([, n]) =>
      Number(n),
    );
    expect([tff, bff]).toEqual([0, 0]);
    expect(progressive).toBeGreaterThan(45);
  });

  it('with wide pixels has square ones, as wide as it is shown', async () => {
    const source = await clip('a.mkv', ...moving('720x576', 25), '-aspect', '16:9', ...h264);
    const made = await largestOf(source);
    expect(made.reason).toContain('pixel aspect 64:45');
    expect([made.traits.width, made.traits.height]).toEqual([1024, 576]);
  });

  it('turned and mirrored stands upright, as a player would show it', async () => {
    // Red on the left, blue on the right; shown in a mirror it is the other way round.
    const halves = 'color=red:s=320x180:d=1[a];color=blue:s=320x180:d=1[b];[a][b]hstack';
    const plain = await clip('plain.mp4', '-filter_complex', halves, ...h264);
    const mirrored = await withMatrix(plain, [-65_536, 0, 0, 65_536]);
    const made = await largestOf(mirrored);
    expect(made.reason).toBe('mirrored');
    const left = await clip('left.mp4', '-i', made.path, '-vf', 'crop=iw/4:ih:0:0', ...h264);
    const [red, , blue] = await shownColor(left);
    expect(blue).toBeGreaterThan(200);
    expect(red).toBeLessThan(50);
  });
});

/** A copy whose display matrix says this: what phones write, and ffmpeg does not. */
async function withMatrix(path: string, [a, b, c, d]: readonly [number, number, number, number]) {
  const { readFile, writeFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  const at = bytes.indexOf('tkhd') + 4 + 40;
  [a, b, 0, c, d].forEach((value, n) => bytes.writeInt32BE(value, at + 4 * n));
  const out = path.replace(/\.mp4$/, '-matrix.mp4');
  await writeFile(out, bytes);
  return out;
}

const orange: Rgb = [224, 128, 32];
const patch = (size: string) => [
  ...['-f', 'lavfi', '-i', `color=0xe08020:s=${size}:r=24:d=1,format=gbrp`],
];
/** From RGB into this matrix and range; with or without saying so. */
const into = (matrix: string, format: string, range = 'tv') =>
  `scale=out_color_matrix=${matrix}:out_range=${range},format=${format}`;
const tags = (matrix: string, range = 'tv') => [
  ...['-colorspace', matrix, '-color_primaries', matrix === 'bt2020nc' ? 'bt2020' : matrix],
  ...['-color_trc', matrix === 'bt2020nc' ? 'bt2020-10' : matrix, '-color_range', range],
];

/** From ffmpeg 7 on the scaler says of itself what it made. */
const untold = (matrix: string) =>
  `${into(matrix, 'yuv422p')},setparams=colorspace=unknown:range=unknown`;

describe('the colours of a picture', () => {
  it.each([
    ['BT.709', ['-vf', into('bt709', 'yuv420p10le'), ...tags('bt709')], '1280x720', 'bt709'],
    ['BT.601', ['-vf', into('smpte170m', 'yuv422p'), ...tags('smpte170m')], '640x360', 'smpte170m'],
    [
      'full range',
      ['-vf', into('bt709', 'yuv444p', 'pc'), ...tags('bt709', 'pc')],
      '640x360',
      'bt709',
    ],
    ['nobody says, small', ['-vf', untold('smpte170m')], '640x360', 'smpte170m'],
    ['nobody says, large', ['-vf', untold('bt709')], '1280x720', 'bt709'],
  ] as const)('are kept: %s', async (name, options, size, matrix) => {
    const source = await clip(`${name}.mkv`, ...patch(size), ...options, ...h264);
    const made = await largestOf(source);
    expect(made.method).toBe('encoded');
    expectColor(await shownColor(made.path), orange);
    expect(await colorsOf(made.path)).toMatchObject({
      ...{ pix_fmt: 'yuv420p', color_range: 'tv', color_space: matrix },
      ...{ color_primaries: matrix, color_transfer: matrix },
    });
  });

  it('are kept where they are RGB', async () => {
    const source = await clip('rgb.mkv', ...patch('640x360'), '-c:v', 'libx264rgb');
    expectColor(await shownColor((await largestOf(source)).path), orange);
  });

  it.skipIf(!tools.canToneMap).each(['smpte2084', 'arib-std-b67'])(
    'of HDR (%s) come down to what every screen shows',
    async (transfer) => {
      const tagged = 'setparams=colorspace=gbr:color_primaries=bt709:color_trc=bt709:range=pc';
      const light = `${tagged},zscale=t=linear:npl=100,format=gbrpf32le`;
      const hdr = `zscale=p=bt2020:m=bt2020nc:t=${transfer}:r=tv,format=yuv420p10le`;
      const said = [
        '-colorspace',
        'bt2020nc',
        '-color_primaries',
        'bt2020',
        '-color_trc',
        transfer,
      ];
      const source = await clip(
        `${transfer}.mp4`,
        ...[...patch('640x360'), '-vf', `${light},${hdr}`, ...hevc, ...said],
      );
      const made = await largestOf(source);
      expect(made.reason).toMatch(/^HEVC, 10 bit, (HDR10|HLG) tone mapped$/);
      expect(await colorsOf(made.path)).toMatchObject({
        ...{ pix_fmt: 'yuv420p', color_range: 'tv', color_space: 'bt709' },
        ...{ color_primaries: 'bt709', color_transfer: 'bt709' },
      });
      const [red, green, blue] = await shownColor(made.path);
      // Darker, for room is made for what is brighter; but orange.
      expect(red).toBeGreaterThan(120);
      expect(green / red).toBeCloseTo(128 / 224, 0.7);
      expect(blue).toBeLessThan(green);
    },
  );
});

function expectColor(shown: Rgb, wanted: Rgb): void {
  const off = shown.map((value, n) => Math.abs(value - (wanted[n] ?? 0)));
  expect(Math.max(...off), `${shown.join()} for ${wanted.join()}`).toBeLessThanOrEqual(6);
}
