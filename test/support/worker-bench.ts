import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LadderWish } from '../../src/daemon/media/plan/ladder.js';
import type { Hardware } from '../../src/daemon/media/encoders/hardware.js';
import type { Tools } from '../../src/daemon/media/ffmpeg/tool-pair.js';
import { canToneMap } from '../../src/daemon/media/tools/tone-map.js';
import { plainSound, type SoundWish } from '../../src/daemon/media/plan/sound-wish.js';
import { runTask } from '../../src/daemon/worker/run-task.js';
import type {
  Chunk,
  ProbeResult,
  Publication,
  StoryboardTask,
  TaskPorts,
  TaskRendition,
} from '../../src/daemon/worker/task.js';

const exec = promisify(execFile);
export const tools: Tools = {
  ...{ ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: 'test' },
  canToneMap: await canToneMap('ffmpeg'),
};

export interface WorkOptions {
  readonly encoder?: string;
  readonly hardware?: Hardware;
  readonly ladder?: LadderWish;
  readonly sound?: SoundWish;
  readonly burn?: string;
  readonly probedWith?: Tools;
  /** Is told after each publication, while the task waits for it. */
  readonly onPublished?: () => void;
}

/**
 * The real worker on one source, with publications kept in memory instead of a store. `later`
 * replaces tools after probing.
 */
export async function workOn(
  source: string,
  later: Partial<Tools> = {},
  {
    encoder,
    hardware,
    ladder = { top: '2160p' },
    sound = plainSound,
    burn,
    probedWith = tools,
    onPublished,
  }: WorkOptions = {},
) {
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-worker-'));
  const published = new Map<string, Publication[]>();
  const ports: TaskPorts = {
    ...{ source, videoDirectory: directory, attemptDirectory: join(directory, 'attempt') },
    signal: new AbortController().signal,
    progress: () => undefined,
    publish: async (batch) => {
      for (const each of batch) {
        published.set(each.renditionId, [...(published.get(each.renditionId) ?? []), each]);
      }
      onPublished?.();
      await Promise.resolve();
    },
  };
  await mkdir(ports.attemptDirectory);
  const run = runTask(() => Promise.resolve(probedWith));
  const runLater = runTask(() => Promise.resolve({ ...tools, ...later }), hardware);
  const probed = (await run(
    { kind: 'probe', targetTicks: 540_000, ladder, sound, burn },
    ports,
  )) as ProbeResult;
  const renditions = probed.renditions.map((rendition): TaskRendition => ({
    ...{ id: rendition.name, name: rendition.name, method: rendition.method },
    ...{ traits: rendition.traits, published: new Set(), initPublished: false },
  }));
  const segments = probed.boundaries.length - 1;
  return {
    ...{ probed, renditions, segments, directory, published },
    run: (
      kind: 'copy' | 'encode' | 'audio' | 'subtitle',
      names: readonly string[],
      first = 0,
      count = segments - first,
      signal = ports.signal,
    ) => {
      const chunk: Chunk = {
        ...{ boundaries: probed.boundaries, firstSegment: first, segments: count },
        renditions: renditions.filter(({ name }) => names.includes(name)),
      };
      const task = kind === 'encode' ? { kind, encoder, ...chunk } : { kind, ...chunk };
      return runLater(task, { ...ports, signal });
    },
    /** Makes the poster and answers its path. */
    async poster(): Promise<string> {
      await run({ kind: 'poster', durationTicks: probed.durationTicks }, ports);
      return join(directory, 'poster.jpg');
    },
    /** Makes the storyboard of what is published of a picture; with the paths of its sheets. */
    async storyboard(name: string) {
      const picture = join(directory, name);
      await mkdir(picture, { recursive: true });
      for (const { number, bytes } of published.get(name) ?? []) {
        await writeFile(join(picture, number < 0 ? 'init.mp4' : `${number}.m4s`), bytes);
      }
      const traits = renditions.find((rendition) => rendition.name === name)?.traits;
      const reorderTicks = traits?.kind === 'video' ? traits.reorderTicks : 0;
      const task: StoryboardTask = {
        ...{ kind: 'storyboard', boundaries: probed.boundaries, planDirectory: directory },
        picture: { directory: picture, reorderTicks },
      };
      const result = await runLater(task, ports);
      if (result.kind !== 'storyboard') throw new Error(`it made a ${result.kind}`);
      const { storyboard } = result;
      const sheets = storyboard.sheetBytes.map((_, number) =>
        join(directory, `storyboard-${storyboard.version}`, `${number}.jpg`),
      );
      return { storyboard, sheets };
    },
    /** Init segment and all segments in order (or one), as one file: what a player would have read. */
    async joined(name: string, only?: number): Promise<string> {
      const parts = (published.get(name) ?? [])
        .filter(({ number }) => only === undefined || [-1, only].includes(number))
        .toSorted((a, b) => a.number - b.number);
      const unique = parts.filter(({ number }, index) => number !== parts[index - 1]?.number);
      const path = join(directory, `${name}-${only ?? 'all'}.mp4`);
      await writeFile(path, Buffer.concat(unique.map(({ bytes }) => bytes)));
      return path;
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The times in seconds of the frames that a decoder shows, by decoding all of the file. */
export async function shownTimes(path: string): Promise<number[]> {
  const { stdout } = await exec(
    'ffprobe',
    [
      ...[
        '-v',
        'error',
        '-select_streams',
        'v:0',
        '-show_entries',
        'frame=best_effort_timestamp_time',
      ],
      ...['-of', 'csv=p=0', path],
    ],
    { maxBuffer: 1 << 28 },
  );
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseFloat(line)]));
}

export interface Colors {
  readonly pix_fmt: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_transfer?: string;
  readonly color_primaries?: string;
}

/** What the picture of a file says of its colours, in ffprobe's words. */
export async function colorsOf(path: string): Promise<Colors> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json', '-show_entries'],
    ...['stream=pix_fmt,color_range,color_space,color_transfer,color_primaries', path],
  ]);
  return (JSON.parse(stdout) as { streams: [Colors] }).streams[0];
}

export type Rgb = readonly [red: number, green: number, blue: number];

/** The mean colour of a frame (the first) as a screen shows it, by its own word on its colours. */
export async function shownColor(path: string, frame = 0): Promise<Rgb> {
  const mean = `select=gte(n\\,${frame}),format=rgb24,scale=1:1:flags=area`;
  const { stdout } = await exec(
    'ffmpeg',
    ['-v', 'error', '-i', path, '-frames:v', '1', '-vf', mean, '-f', 'rawvideo', '-'],
    { encoding: 'buffer' },
  );
  return [stdout[0] ?? 0, stdout[1] ?? 0, stdout[2] ?? 0];
}

/** The colour in the middle of a part of a picture. */
export async function colorAt(
  path: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): Promise<Rgb> {
  const middle = `crop=2:2:${x + Math.round(width / 2) - 1}:${y + Math.round(height / 2) - 1}`;
  const { stdout } = await exec(
    'ffmpeg',
    [
      ...['-v', 'error', '-i', path, '-frames:v', '1'],
      ...['-vf', `format=rgb24,${middle},scale=1:1:flags=area`, '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer' },
  );
  return [stdout[0] ?? 0, stdout[1] ?? 0, stdout[2] ?? 0];
}

/** Width and height of a picture. */
export async function shownShape(path: string): Promise<number[]> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', path],
  ]);
  return stdout.trim().split(',').map(Number);
}

/** Width by height of a picture as it is shown: turned, its pixels as wide as they are. */
export async function shownAspect(path: string): Promise<number> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json', '-show_entries'],
    ...['stream=width,height,sample_aspect_ratio:stream_side_data=rotation', path],
  ]);
  const { streams } = JSON.parse(stdout) as {
    streams: [
      {
        readonly width: number;
        readonly height: number;
        readonly sample_aspect_ratio?: string;
        readonly side_data_list?: readonly { readonly rotation?: number }[];
      },
    ];
  };
  const [{ width, height, sample_aspect_ratio: pixel = '1:1', side_data_list = [] }] = streams;
  const [wide = 1, high = 1] = pixel.split(':').map(Number);
  const isTurned = side_data_list.some(({ rotation = 0 }) => rotation % 180 !== 0);
  const aspect = (width * (wide > 0 ? wide / high : 1)) / height;
  return isTurned ? 1 / aspect : aspect;
}

/** When a file's clock starts, in seconds: what the worker calls time zero. */
export async function startTime(path: string): Promise<number> {
  const { stdout } = await exec('ffprobe', [
    ...['-v', 'error', '-show_entries', 'format=start_time', '-of', 'csv=p=0', path],
  ]);
  return Number.parseFloat(stdout);
}

/** The times in seconds of the packets of a file's first sound. */
export async function packetTimes(path: string): Promise<number[]> {
  const { stdout } = await exec(
    'ffprobe',
    [
      ...['-v', 'error', '-select_streams', 'a:0', '-show_entries', 'packet=pts_time'],
      ...['-of', 'csv=p=0', path],
    ],
    { maxBuffer: 1 << 28 },
  );
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseFloat(line)]));
}

/** First and last time in seconds of the sound of a file, by decoding it. */
export async function soundSpan(path: string, stream = 'a:0'): Promise<[number, number]> {
  const { stdout } = await exec(
    'ffprobe',
    [
      ...['-v', 'error', '-select_streams', stream],
      ...['-show_entries', 'frame=best_effort_timestamp_time,nb_samples:stream=sample_rate'],
      ...['-of', 'json', path],
    ],
    { maxBuffer: 1 << 28 },
  );
  const parsed = JSON.parse(stdout) as {
    frames: { best_effort_timestamp_time: string; nb_samples: number }[];
    streams: { sample_rate: string }[];
  };
  const last = parsed.frames.at(-1);
  const rate = Number(parsed.streams[0]?.sample_rate);
  return [
    Number(parsed.frames[0]?.best_effort_timestamp_time),
    Number(last?.best_effort_timestamp_time) + (last?.nb_samples ?? 0) / rate,
  ];
}

/** Runs ffmpeg to make a file for a test. */
export async function ffmpeg(...args: readonly string[]): Promise<void> {
  await exec('ffmpeg', ['-v', 'error', '-y', ...args]);
}
