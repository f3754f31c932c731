import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { toSeconds, toTicks } from '../../shared/time.js';
import { choosePictureByHeader, confirmByPackets, soundSeconds } from '../media/copyable.js';
import type { Choice } from '../media/copyable.js';
import { describeCutOff } from '../media/cut-off.js';
import {
  describePictures,
  describeSounds,
  describeSubtitles,
  shownSize,
} from '../media/describe.js';
import { frameRateOf } from '../media/frame-rate.js';
import { frameTicks, listShownTicks } from '../media/frame-times.js';
import { inspect, type Source, type SourceStream } from '../media/inspect.js';
import { isCopyWanted } from '../media/ladder.js';
import { listIdrTicks, listPackets, type Packet } from '../media/packets.js';
import { pictureOf } from '../media/picture-of.js';
import { planSegments } from '../media/plan.js';
import { isSeekable, makeSeekable } from '../media/seekable.js';
import type { Tools } from '../media/tools.js';
import type { ProbeResult, Task, TaskPorts } from './task.js';

type ProbeTask = Extract<Task, { kind: 'probe' }>;

/** Finds out what a source is, plans its segments and decides on its renditions. */
export async function probe(tools: Tools, task: ProbeTask, ports: TaskPorts): Promise<ProbeResult> {
  const { signal } = ports;
  const source = await inspect(tools, ports.source, signal);
  const stream = pictureOf(source);
  const path = isSeekable(source) ? ports.source : await remux(tools, ports);
  const seekable = path === ports.source ? source : await inspect(tools, path, signal);
  return planSource(
    tools,
    task,
    path,
    seekable,
    path === ports.source ? stream : pictureOf(seekable),
    signal,
  );
}

async function planSource(
  tools: Tools,
  task: ProbeTask,
  path: string,
  source: Source,
  stream: SourceStream,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const wanted = isCopyWanted(shownSize(stream), task.topRendition);
  const byHeader = choosePictureByHeader(
    stream,
    (source.format.size * 8) / (source.format.duration ?? 1),
  );
  const [packets, idrTicks] = await Promise.all([
    listPackets(tools, path, stream.index, signal),
    byHeader.method === 'copied' && wanted
      ? listIdrTicks(tools, path, stream.index, signal)
      : new Set<number>(),
  ]);
  await refuseCutOff(path, source, stream, packets);
  const everything = [-Infinity, Infinity] as const;
  const times =
    frameTicks(packets, everything) ??
    (await listShownTicks({ tools, path, stream: stream.index, signal }, [0, Infinity]));
  const frameRate = frameRateOf(stream, times);
  const endTicks = endOf(source, times, packets, frameRate);
  const choice: Choice = wanted
    ? confirmByPackets(byHeader, packets, idrTicks, { targetTicks: task.targetTicks, endTicks })
    : { method: 'encoded', reason: `larger than ${task.topRendition}` };
  const boundaries = planSegments(
    {
      candidates: choice.method === 'copied' ? [...idrTicks].sort((a, b) => a - b) : times,
      preferred: choice.method === 'copied' ? [] : keyTicks(packets),
      endTicks,
    },
    task.targetTicks,
  );
  const described = [
    ...describePictures({ stream, packets, choice, frameRate, boundaries }, task.topRendition),
    ...describeSounds(source, toSeconds(endTicks)),
    ...describeSubtitles(source),
  ];
  const segments = boundaries.length - 1;
  const renditions = described.map((rendition) => ({
    ...rendition,
    segmentCount: rendition.traits.kind === 'subtitle' ? 1 : segments,
  }));
  return { kind: 'probe', durationTicks: endTicks, boundaries, renditions };
}

async function refuseCutOff(
  path: string,
  source: Source,
  stream: SourceStream,
  packets: readonly Packet[],
): Promise<void> {
  const cutOff =
    packets.length === 0
      ? 'it has no frame'
      : await describeCutOff(path, source, stream, packets.length);
  if (cutOff === undefined) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `the file is cut off: ${cutOff}`, {
    hint: 'Copy or download the file again and upload it then.',
    details: { format: source.format.format_name },
  });
}

/** The end of the last frame, or of sound that goes on for up to a second after it. */
function endOf(
  source: Source,
  times: readonly number[],
  packets: readonly Packet[],
  frameRate: number,
): number {
  const last = times.at(-1) ?? 0;
  const lastPacket = packets.findLast((packet) => packet.ticks === last);
  const picture = last + (lastPacket?.durationTicks || toTicks(1 / frameRate));
  const sounds = source.streams
    .filter(({ codec_type }) => codec_type === 'audio')
    .map((each) => {
      const start = (each.start_time ?? source.format.start_time) - source.format.start_time;
      return toTicks(start + (soundSeconds(each) ?? 0));
    });
  return Math.min(Math.max(picture, ...sounds), picture + toTicks(1));
}

function keyTicks(packets: readonly Packet[]): number[] {
  const keys = packets.flatMap(({ isKey, ticks }) => (isKey && ticks !== undefined ? [ticks] : []));
  return keys.sort((a, b) => a - b);
}

async function remux(tools: Tools, ports: TaskPorts): Promise<string> {
  const made = join(ports.attemptDirectory, 'source.mkv');
  await makeSeekable(tools, ports.source, made, ports.signal);
  const path = join(ports.videoDirectory, 'source.mkv');
  await rename(made, path);
  return path;
}
