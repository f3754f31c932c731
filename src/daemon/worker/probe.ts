import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { chaptersOf } from '../media/chapters.js';
import { choosePictureByHeader } from '../media/choose-picture.js';
import { chooseVariantByHeader, copiedCodecOf } from '../media/choose-variant.js';
import { parseHexDump } from '../media/codec-strings.js';
import type { Choice } from '../media/copyable.js';
import { cutTicks } from '../media/cut-ticks.js';
import { refuseCutOff } from '../media/cut-off.js';
import { describeUnshownSubtitles } from '../media/describe-subtitles.js';
import type { DescribedRendition } from '../media/described-rendition.js';
import { withExtradata } from '../media/extradata.js';
import { frameTicks, listShownTicks } from '../media/frame-times.js';
import { inspect, type Source, type SourceStream } from '../media/inspect.js';
import { listKeyPictures } from '../media/key-pictures.js';
import { isCopyWanted, type LadderWish } from '../media/ladder.js';
import { atLoudness, measureLoudness } from '../media/loudness.js';
import { listIdrTicks, listPackets, type Packet } from '../media/packets.js';
import { pictureOf } from '../media/picture-of.js';
import { isWholeCopy } from '../media/whole-copy.js';
import { isSeekable, makeSeekable } from '../media/seekable.js';
import { shownSize } from '../media/shown-size.js';
import type { Tools } from '../media/tool-pair.js';
import { soundEnd } from '../media/sound-end.js';
import { pictureEnd, planVideo, type MeasuredSource } from '../media/video-plan.js';
import { syncDirectory } from './local-files.js';
import type { ProbeResult, Task, TaskPorts } from './task.js';

type ProbeTask = Extract<Task, { kind: 'probe' }>;

interface OpenedSource {
  /** The file that was uploaded: an index of its own leaves some of it out. */
  readonly original: Source;
  readonly path: string;
  readonly source: Source;
  readonly stream: SourceStream;
}

/** Finds out what a source is, plans its segments and decides on its renditions. */
export async function probe(tools: Tools, task: ProbeTask, ports: TaskPorts): Promise<ProbeResult> {
  const opened = await openSource(tools, ports);
  const measured = await measure(tools, opened, task.ladder, ports.signal);
  const { endTicks, boundaries, renditions: planned } = planVideo(measured, task);
  const renditions = await levelled(tools, opened.path, planned, { task, signal: ports.signal });
  const unshownSubtitles = describeUnshownSubtitles(opened.original);
  return {
    kind: 'probe',
    durationTicks: endTicks,
    boundaries,
    // The file that was uploaded may have subtitles that its seekable form has not.
    isWholeCopy: unshownSubtitles.length === 0 && isWholeCopy(opened.source, renditions),
    unshownSubtitles,
    chapters: chaptersOf(opened.original, endTicks),
    renditions: renditions.map((rendition) => ({
      ...rendition,
      segmentCount: rendition.traits.kind === 'subtitle' ? 1 : boundaries.length - 1,
    })),
  };
}

/** Each sound at the loudness that is wanted of all. */
async function levelled(
  tools: Tools,
  path: string,
  renditions: readonly DescribedRendition[],
  { task, signal }: { readonly task: ProbeTask; readonly signal: AbortSignal },
): Promise<readonly DescribedRendition[]> {
  const loudness = task.sound?.loudness ?? 'off';
  if (loudness === 'off') return renditions;
  const made: DescribedRendition[] = [];
  for (const rendition of renditions) {
    const measured = await measureLoudness(tools, path, rendition, signal);
    made.push(atLoudness(rendition, measured, loudness));
  }
  return made;
}

async function openSource(tools: Tools, ports: TaskPorts): Promise<OpenedSource> {
  const { source: uploaded, signal } = ports;
  const original = await inspect(tools, uploaded, signal);
  // Before the work of making it seekable: it may have none.
  pictureOf(original);
  const path = isSeekable(original) ? uploaded : await seekableForm(tools, ports);
  const read = path === uploaded ? original : await inspect(tools, path, signal);
  const source = await withExtradata(tools, path, read, signal);
  return { original, path, source, stream: pictureOf(source) };
}

async function seekableForm(tools: Tools, ports: TaskPorts): Promise<string> {
  const { source, attemptDirectory, videoDirectory, signal } = ports;
  const made = join(attemptDirectory, 'source.mkv');
  await makeSeekable(tools, source, made, signal);
  const path = join(videoDirectory, 'source.mkv');
  await rename(made, path);
  await syncDirectory(videoDirectory);
  return path;
}

async function measure(
  tools: Tools,
  { path, source, stream }: OpenedSource,
  ladder: LadderWish,
  signal: AbortSignal,
): Promise<MeasuredSource> {
  const { canToneMap = false } = tools;
  const isWanted = isCopyWanted(shownSize(stream), ladder);
  const choice: Choice = isWanted
    ? choosePictureByHeader(stream, canToneMap)
    : { method: 'encoded', reason: `the source is larger than ${ladder.top}` };
  const variant = isWanted ? chooseVariantByHeader(stream) : undefined;
  const listing = listPackets(tools, path, stream.index, signal);
  const [packets, cuts] = await Promise.all([
    listing,
    cutsOf(tools, { path, stream, choice, variant, listing }, signal),
  ]);
  await refuseCutOff(path, source, stream, packets);
  const shown = { tools, path, stream: stream.index, signal };
  const times =
    frameTicks(packets, [-Infinity, Infinity]) ?? (await listShownTicks(shown, [0, Infinity]));
  const end = pictureEnd(stream, packets, times);
  const soundEndTicks = await soundEnd(tools, { path, source }, end, signal);
  return { source, stream, packets, times, soundEndTicks, cuts, choice, variant, canToneMap };
}

interface CutSource {
  readonly path: string;
  readonly stream: SourceStream;
  readonly choice: Choice;
  readonly variant: Choice | undefined;
  readonly listing: Promise<readonly Packet[]>;
}

/** Where a copy could be cut; empty where none is to be made. */
async function cutsOf(
  tools: Tools,
  { path, stream, choice, variant, listing }: CutSource,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  if (choice.method === 'copied') return listIdrTicks(tools, path, stream.index, signal);
  const codec = copiedCodecOf(stream);
  if (variant?.method !== 'copied' || codec === undefined) return new Set();
  const configuration = parseHexDump(stream.extradata ?? '');
  const keyed = { path, index: stream.index, codec, configuration };
  const [packets, keys] = await Promise.all([listing, listKeyPictures(tools, keyed, signal)]);
  return cutTicks(packets, keys);
}
