/** A small episode as the worker would publish it: a real store, real files, our own fMP4 writer. */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Hono } from 'hono';
import { Bus } from '../../../src/daemon/bus.js';
import type { AppEnv } from '../../../src/daemon/http/env.js';
import { errorResponse } from '../../../src/daemon/http/answer/error-response.js';
import { hlsRoutes } from '../../../src/daemon/http/viewing/hls.js';
import { streamRoutes } from '../../../src/daemon/http/viewing/stream.js';
import type { Jobs } from '../../../src/daemon/jobs/service.js';
import { homeLayout, initFileName, segmentFileName } from '../../../src/daemon/layout.js';
import { writeInitSegment } from '../../../src/daemon/media/fmp4/init.js';
import { writeSegment } from '../../../src/daemon/media/fmp4/segment.js';
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { readStream } from '../../../src/daemon/media/fmp4/stream-reader.js';
import {
  pictureSegmenter,
  type SegmentSamples,
} from '../../../src/daemon/media/segments/segmenter.js';
import { continuousSound } from '../../../src/daemon/media/segments/sound-grid.js';
import { soundSegmenter } from '../../../src/daemon/media/segments/sound-segmenter.js';
import { openStore, type Store } from '../../../src/daemon/store/store.js';
import { createStreaming } from '../../../src/daemon/streaming/streaming.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import type { JobView } from '../../../src/shared/contract/index.js';
import type { JobState } from '../../../src/shared/states.js';
import { toTicks } from '../../../src/shared/time.js';
import { picture, sound, subtitle } from '../../unit/streaming/fixtures.js';

export const seconds = 12;
export const frames = seconds * 25;
export const boundaries = [0, 2, 4, 6, 8, 10, 12].map(toTicks);
const segmentCount = boundaries.length - 1;
const sampleRate = 48_000;

/** Key pictures every two seconds, B frames between them. */
const pictureArguments = [
  ...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=25:duration=${seconds}`],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-bf', '2'],
  ...['-g', '50', '-keyint_min', '50', '-sc_threshold', '0', '-video_track_timescale', '90000'],
];
const soundArguments = [
  ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=${sampleRate}:duration=${seconds}`],
  ...['-c:a', 'aac', '-ac', '2'],
];

export const rows = {
  video: picture(360, { segmentCount, id: 'r-360p' }),
  higher: picture(720, { segmentCount, id: 'r-720p', position: 1 }),
  audio: sound(0, { isDefault: true }, { segmentCount, id: 'r-audio-0', position: 2 }),
  text: { ...subtitle(0), id: 'r-subtitle-0', position: 3 },
};

interface Demand {
  readonly renditionId: string;
  readonly number: number;
}

/** What the daemon has when an episode was planned; nothing of it is made yet. */
export function plannedEpisode(patienceMs = 300) {
  const home = mkdtempSync(join(tmpdir(), 'kdrama-streaming-'));
  const layout = homeLayout(home);
  const store = openStore(layout.database);
  const bus = new Bus();
  const demands: Demand[] = [];
  let answerDemand: (demand: Demand) => void = () => {};
  const job = { jobId: 'job1', status: 'processing' as JobState };
  const jobs: Pick<Jobs, 'demand' | 'demandWhole' | 'ofVideo'> = {
    demand: (renditionId, number) => {
      demands.push({ renditionId, number });
      answerDemand({ renditionId, number });
      return () => undefined;
    },
    demandWhole: () => true,
    ofVideo: () => [job as JobView],
  };
  insertRows(store);
  const clock = { now: () => Date.UTC(2026, 10, 23), monotonic: () => performance.now() };
  const secret = Buffer.alloc(32, 7);
  const streaming = createStreaming({ store, jobs, bus, layout, clock, secret, patienceMs });
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('requestId', 'request1');
    await next();
  });
  app.route('/', hlsRoutes(streaming));
  app.route('/', streamRoutes(streaming));
  app.onError((error, c) => errorResponse(c, error));

  const directory = (row: Rendition) =>
    layout.rendition('video1', row.planId, row.name, row.version);
  const publish = async (row: Rendition, number: number, bytes: Uint8Array, file: string) => {
    const path = join(directory(row), file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    if (number < 0) store.renditions.initPublished(row.id, bytes.length);
    else store.segments.insert(row.id, { number, sizeBytes: bytes.length, iFrameBytes: null });
    bus.emit('segment', { renditionId: row.id, number });
  };
  return {
    ...{ app, bus, demands, directory, job, layout, publish, store, streaming },
    whenDemanded: (answer: typeof answerDemand) => {
      answerDemand = answer;
    },
    /** Its answer counts as sent at once. */
    get: (path: string, init?: RequestInit) =>
      app.request(path, init, { outgoing: new PassThrough().destroy() }),
    publishPicture: (row: Rendition = rows.video) => publishAll(row, pictureArguments, dealPicture),
    publishSound: () => publishAll(rows.audio, soundArguments, dealSound),
    close: async () => {
      store.close();
      await rm(home, { recursive: true });
    },
  };

  async function publishAll(row: Rendition, input: string[], deal: typeof dealSound) {
    const { moov, samples } = await encodeOnce(input);
    const reorderTicks = row.traits.kind === 'video' ? row.traits.reorderTicks : 0;
    await publish(row, -1, writeInitSegment(moov, reorderTicks), initFileName);
    for (const { number, samples: own, end } of deal(samples)) {
      await publish(
        row,
        number,
        writeSegment(number + 1, own, end, reorderTicks),
        segmentFileName(number),
      );
    }
  }
}
export type PlannedEpisode = ReturnType<typeof plannedEpisode>;

function insertRows(store: Store): void {
  const now = Date.now();
  store.videos.insert({
    ...{ id: 'video1', title: 'Rain', series: '', season: null, episode: null, description: '' },
    ...{ filename: 'rain.mkv', sizeBytes: 1, sha256: 'a', fingerprint: 'b', identity: null },
    createdAt: now,
  });
  const plan = { id: 'plan1', videoId: 'video1', targetTicks: toTicks(2), boundaries };
  store.plans.insert({ ...plan, createdAt: now });
  for (const row of Object.values(rows)) store.renditions.insert(row);
  store.videos.setPlan('video1', 'plan1', toTicks(seconds));
}

interface Clip {
  readonly moov: Buffer;
  readonly samples: readonly Sample[];
}
const clips = new Map<string, Promise<Clip>>();

/** Each clip is made once for all tests of a file. */
function encodeOnce(input: string[]): Promise<Clip> {
  const clip = clips.get(input.join(' ')) ?? encode(input);
  clips.set(input.join(' '), clip);
  return clip;
}

async function encode(input: string[]): Promise<Clip> {
  const flags = 'frag_keyframe+delay_moov+default_base_moof';
  const output = ['-f', 'mp4', '-movflags', flags, 'pipe:1'];
  const child = spawn('ffmpeg', ['-v', 'error', '-nostdin', ...input, ...output], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const samples: Sample[] = [];
  let moov: Buffer | undefined;
  for await (const part of readStream(child.stdout)) {
    if (part.kind === 'header') moov = part.moov;
    else samples.push(...part.samples);
  }
  if (moov === undefined) throw new Error('ffmpeg wrote no moov');
  return { moov, samples };
}

type Dealt = SegmentSamples & { readonly end: number };

function dealPicture(samples: readonly Sample[]): Dealt[] {
  const segmenter = pictureSegmenter(boundaries, 0, segmentCount);
  const segments = [...segmenter.push(samples), ...segmenter.finish()];
  return segments.map((segment) => ({ ...segment, end: boundaries[segment.number + 1] ?? 0 }));
}

function dealSound(samples: readonly Sample[]): Dealt[] {
  const grid = { sampleRate, frameSamples: 1024 };
  const segmenter = soundSegmenter(boundaries, grid, 0, segmentCount);
  const placed = continuousSound(grid, Uint8Array.of(0)).push(samples);
  const segments = [...segmenter.push(placed), ...segmenter.finish()];
  return segments.map((segment) => {
    const last = segment.samples.at(-1);
    return { ...segment, end: (last?.pts ?? 0) + (last?.duration ?? 0) };
  });
}
