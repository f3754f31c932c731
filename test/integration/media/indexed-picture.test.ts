import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseHexDump } from '../../../src/daemon/media/ffmpeg/hex-dump.js';
import { inspectWithExtradata } from '../../../src/daemon/media/source/extradata.js';
import { indexedKeyPictures } from '../../../src/daemon/media/frames/indexed-keys.js';
import {
  indexedPicture,
  type IndexedPicture,
} from '../../../src/daemon/media/frames/indexed-picture.js';
import { listKeyPictures } from '../../../src/daemon/media/frames/key-pictures.js';
import { listIdrTicks, listPackets } from '../../../src/daemon/media/frames/packets.js';
import { pictureOf } from '../../../src/daemon/media/source/picture-of.js';
import { trimmed } from '../../support/edit-lists.js';
import { tools, workOn } from '../../support/worker-bench.js';

const exec = promisify(execFile);
const hasX265 = (await exec('ffmpeg', ['-v', 'error', '-encoders'])).stdout.includes(' libx265 ');
const { signal } = new AbortController();
let directory: string;
let clip: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kdrama-index-'));
  clip = join(directory, 'clip.mkv');
  // B pictures, key frames at odd distances, sound that begins first.
  await ffmpeg(
    ...['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24000/1001:duration=40'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=330:duration=40'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '100', '-pix_fmt', 'yuv420p'],
    ...['-force_key_frames', '3,7.5,8,19', '-c:a', 'aac', clip],
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const ffmpeg = (...args: readonly string[]) => exec('ffmpeg', ['-v', 'error', '-y', ...args]);

async function remux(name: string, ...args: readonly string[]): Promise<string> {
  const path = join(directory, name);
  await ffmpeg('-i', clip, '-map', '0', '-c', 'copy', ...args, path);
  return path;
}

async function read(path: string) {
  const source = await inspectWithExtradata(tools, path, signal);
  const stream = pictureOf(source);
  const file = { tools, path, source, stream, signal };
  const [indexed, packets, idrTicks] = await Promise.all([
    indexedPicture(file, { keyPictures: true }),
    listPackets(tools, path, stream.index, signal),
    listIdrTicks(tools, path, stream.index, signal),
  ]);
  return { file, indexed, packets, idrTicks };
}

const closedTicks = (indexed: IndexedPicture | undefined) =>
  indexed?.keys.flatMap(({ ticks }, n) => (indexed.keyPictures[n] === 'closed' ? ticks : []));

describe('the index of an MP4', () => {
  test.each<[string, readonly string[]]>([
    ['plain.mp4', []],
    ['front.mp4', ['-movflags', '+faststart']],
    ['late.mov', ['-output_ts_offset', '2.5']],
    ['no-edits.mp4', ['-use_editlist', '0']],
  ])('%s: knows every packet as ffprobe lists it', async (name, args) => {
    const { indexed, packets, idrTicks } = await read(await remux(name, ...args));
    const timesAndSizes = (all: typeof packets) =>
      all.map(({ ticks, sizeBytes, isKey }) => [ticks, sizeBytes, isKey]);
    expect(indexed?.isComplete).toBe(true);
    expect(timesAndSizes([...(indexed?.packets ?? [])])).toEqual(timesAndSizes(packets));
    expect(indexed?.packets.slice(-4)).toEqual(packets.slice(-4));
    expect(closedTicks(indexed)).toEqual([...idrTicks]);
    expect(indexed?.frameRate).toBeCloseTo(23.976, 3);
  });

  test.skipIf(!hasX265)(
    'tells what the key frames of HEVC are (skipped without libx265)',
    async () => {
      const path = join(directory, 'hevc.mp4');
      const x265 = 'keyint=48:min-keyint=10:open-gop=1:log-level=none';
      const encoding = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', x265];
      await ffmpeg('-i', clip, '-an', '-t', '12', ...encoding, '-tag:v', 'hvc1', path);
      const { file, indexed, packets } = await read(path);
      const keyed = {
        path,
        index: file.stream.index,
        codec: 'hevc',
        configuration: parseHexDump(file.stream.extradata ?? ''),
      } as const;
      const keys = await listKeyPictures(tools, keyed, signal);
      expect(keys.length).toBeGreaterThan(3);
      expect(indexed?.keyPictures).toEqual(keys);
      expect(indexed?.packets.length).toBe(packets.length);
      // A message that is longer than what is read at first, then an IDR picture.
      const late = join(directory, 'late-slice.bin');
      const units = [Buffer.alloc(20_000, 39 << 1), Buffer.alloc(50, 19 << 1)].flatMap((unit) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(unit.length);
        return [length, unit];
      });
      await writeFile(late, Buffer.concat(units));
      const key = { offset: 0, sizeBytes: Buffer.concat(units).length, ticks: 0 };
      expect(await indexedKeyPictures({ ...file, path: late }, [key])).toEqual(['closed']);
    },
  );

  test('is not used of one in fragments', async () => {
    const path = await remux('fragments.mp4', '-movflags', '+frag_keyframe+empty_moov');
    expect((await read(path)).indexed).toBeUndefined();
  });

  test('is not used of one that was cut off', async () => {
    const path = await remux('cut.mp4', '-movflags', '+faststart');
    await truncate(path, Math.floor((await readFile(path)).length * 0.9));
    expect((await read(path)).indexed).toBeUndefined();
  });

  test('is not used where an edit list leaves out the middle', async () => {
    const path = await remux('whole.mp4');
    const cut = join(directory, 'edited.mp4');
    await writeFile(cut, withEdits(await readFile(path)));
    expect((await read(cut)).indexed).toBeUndefined();
  });

  test('knows what an edit list leaves out of the last pictures', async () => {
    const path = join(directory, 'shorter.mp4');
    await writeFile(path, trimmed(await readFile(await remux('long.mp4')), [0, 39.8]));
    const { indexed, packets } = await read(path);
    expect(packets.filter(({ isHidden }) => isHidden)).not.toHaveLength(0);
    expect(indexed?.packets.map(({ ticks, isHidden = false }) => [ticks, isHidden])).toEqual(
      packets.map(({ ticks, isHidden = false }) => [ticks, isHidden]),
    );
    const shown = packets.filter(({ isHidden }) => isHidden !== true);
    expect(indexed?.times.at(-1)).toBe(Math.max(...shown.map(({ ticks = 0 }) => ticks)));
  });

  test('is not used where an edit list leaves out more', async () => {
    const path = join(directory, 'trimmed.mp4');
    await writeFile(path, trimmed(await readFile(await remux('long.mp4')), [0, 30]));
    const { indexed, packets } = await read(path);
    expect(indexed).toBeUndefined();
    const hidden = packets.filter(({ isHidden }) => isHidden === true);
    expect(hidden.map(({ ticks = 0 }) => ticks).filter((ticks) => ticks < 30 * 90_000)).toEqual([]);
    expect(hidden.length).toBeGreaterThan(100);
  });
});

/** What stands behind the first edit list, of the picture, is read as one more edit. */
function withEdits(file: Buffer): Buffer {
  const count = file.indexOf('elst') + 8;
  file.writeUInt32BE(file.readUInt32BE(count) + 1, count);
  return file;
}

describe('the index of a Matroska file', () => {
  test('knows where one can start, and what is at the end', async () => {
    const { indexed, packets, idrTicks } = await read(clip);
    const keys = packets.filter(({ isKey }) => isKey);
    expect(indexed?.isComplete).toBe(false);
    expect(indexed?.packets.slice(0, keys.length).map(({ ticks }) => ticks)).toEqual(
      keys.map(({ ticks }) => ticks),
    );
    expect(indexed?.packets.slice(-4)).toEqual(packets.slice(-4));
    expect(closedTicks(indexed)).toEqual([...idrTicks]);
    expect(indexed?.frameRate).toBeCloseTo(23.976, 3);
  });

  test('need not have a cue for the last key frame', async () => {
    const bytes = await readFile(clip);
    // The last cue point becomes a void element of the same length.
    const at = [...bytes.toString('latin1').matchAll(/\xbb.\xb3/gs)].at(-1)?.index ?? Number.NaN;
    const path = join(directory, 'without-last-cue.mkv');
    bytes[at] = 0xec;
    await writeFile(path, bytes);
    const { indexed, packets, idrTicks } = await read(path);
    const keys = packets.filter(({ isKey }) => isKey).map(({ ticks }) => ticks);
    expect(closedTicks(indexed)).toEqual([...idrTicks].slice(0, -1));
    expect(indexed?.packets.filter(({ isKey }) => isKey).map(({ ticks }) => ticks)).toEqual(keys);
    expect(indexed?.packets.slice(-4)).toEqual(packets.slice(-4));
  });

  test('tells the times of all frames where they come at one rate', async () => {
    const { file, packets } = await read(clip);
    const reckoned = (await indexedPicture(file, { allTimes: true }))?.times ?? [];
    const times = packets.map(({ ticks = 0 }) => ticks).toSorted((a, b) => a - b);
    expect(reckoned).toHaveLength(times.length);
    const off = reckoned.map((time, n) => Math.abs(time - (times[n] ?? Infinity)));
    expect(Math.max(...off)).toBeLessThanOrEqual(90);
  });

  test('tells them where parts were joined that no whole frame lies between', async () => {
    const [once, path] = [join(directory, 'once.mkv'), join(directory, 'joined.mkv')];
    const longerSound = ['-f', 'lavfi', '-i', 'sine=duration=40.1', '-map', '0:v', '-map', '1:a'];
    await ffmpeg('-i', clip, ...longerSound, '-c:v', 'copy', '-c:a', 'aac', once);
    await ffmpeg('-stream_loop', '2', '-i', once, '-map', '0', '-c', 'copy', path);
    const { file, packets } = await read(path);
    const times = packets.map(({ ticks = 0 }) => ticks).toSorted((a, b) => a - b);
    const steps = times.map((time, n) => time - (times[n - 1] ?? time));
    expect(steps.filter((step, n) => n > 0 && Math.abs(step - 90_000 / 23.976) > 200)).toHaveLength(
      2,
    );
    const reckoned = (await indexedPicture(file, { allTimes: true }))?.times ?? [];
    expect(reckoned).toHaveLength(times.length);
    const off = reckoned.map((time, n) => Math.abs(time - (times[n] ?? Infinity)));
    expect(Math.max(...off)).toBeLessThanOrEqual(90);
  });

  test('does not where frames are left out between two of its key frames', async () => {
    const path = join(directory, 'gaps.mkv');
    const leftOut = ['-vf', "select='not(between(t,12,13))'", '-fps_mode', 'vfr'];
    await ffmpeg('-i', clip, ...leftOut, '-c:v', 'mpeg4', '-g', '240', path);
    const { file } = await read(path);
    expect((await indexedPicture(file))?.times.length).toBeGreaterThan(0);
    expect(await indexedPicture(file, { allTimes: true })).toBeUndefined();
  });

  test('is not used where there is none', async () => {
    const path = await remux('live.mkv', '-live', '1');
    expect((await read(path)).indexed).toBeUndefined();
  });
});

describe('a large file', () => {
  /** An ffprobe that writes down what it is asked for. */
  async function listeningTools(log: string) {
    const ffprobe = join(directory, 'ffprobe');
    await writeFile(ffprobe, `#!/bin/sh\necho "$*" >> ${log}\nexec ${tools.ffprobe} "$@"\n`);
    await chmod(ffprobe, 0o755);
    return { ...tools, ffprobe };
  }

  const mpeg4 = ['-c:v', 'mpeg4', '-q:v', '6', '-g', '100', '-bf', '2'];
  const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none'];
  /** Closed key pictures, of which the last is the last picture. */
  const closed = (leading: string) => [
    ...x265.slice(0, -1),
    `log-level=none:open-gop=0:${leading}:keyint=96:min-keyint=96:scenecut=0:b-adapt=0`,
    ...['-t', '36.1'],
  ];
  const hevc = [
    ['HEVC', 'mkv', x265],
    ['HEVC-closed', 'mkv', closed('radl=0')],
    ['HEVC-closed-led', 'mkv', closed('radl=2')],
  ] as const;
  test.each([
    ['H.264', 'mp4', []],
    ['H.264', 'mkv', []],
    ['MPEG-4', 'mkv', mpeg4],
    ...(hasX265 ? hevc : []),
  ] as const)(
    'in %s (%s) gets the plan of a small one, without being read',
    async (codec, type, encoding) => {
      const small = await remux(`small-${codec}.${type}`, ...encoding);
      const large = join(directory, `large-${codec}.${type}`);
      await cp(small, large);
      await truncate(large, 80 * 1024 * 1024);
      const log = join(directory, `${codec}-${type}.log`);
      const probed = await Promise.all([
        workOn(small),
        workOn(large, {}, { probedWith: await listeningTools(log) }),
      ]);
      const [ofSmall, ofLarge] = probed.map(({ probed: { boundaries, renditions } }) => ({
        boundaries,
        renditions: renditions.map(({ name, method, reason, traits }) => ({
          ...{ name, method, reason },
          hundredthsReordered: traits.kind === 'video' && Math.round(traits.reorderTicks / 900),
        })),
      }));
      expect(ofLarge?.renditions).toEqual(ofSmall?.renditions);
      expect(ofLarge?.boundaries).toHaveLength(ofSmall?.boundaries.length ?? NaN);
      // Reckoned times are right to the millisecond that Matroska has.
      const off = ofLarge?.boundaries.map((at, n) =>
        Math.abs(at - (ofSmall?.boundaries[n] ?? NaN)),
      );
      expect(Math.max(...(off ?? []))).toBeLessThanOrEqual(90);
      const listings = (await readFile(log, 'utf8'))
        .split('\n')
        .filter((line) => line.includes('packet='));
      expect(listings.length).toBeGreaterThan(0);
      expect(listings.filter((line) => !line.includes('-read_intervals'))).toEqual([]);
      await Promise.all(probed.map((each) => each.close()));
    },
  );
});
