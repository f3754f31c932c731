import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { chaptersOf } from '../media/source/chapters.js';
import { refuseShort } from '../media/source/cut-off.js';
import { describeUnshownSubtitles } from '../media/plan/describe-subtitles.js';
import type { DescribedRendition } from '../media/plan/described-rendition.js';
import { readTableEarly } from '../media/frames/early-table.js';
import { refuseEncrypted } from '../media/source/encrypted.js';
import { inspectWithExtradata } from '../media/source/extradata.js';
import type { Source } from '../media/source/inspect.js';
import { atLoudness, measureLoudness } from '../media/plan/loudness.js';
import { pictureOf } from '../media/source/picture-of.js';
import { ofOneProgram } from '../media/source/programs.js';
import { isWholeCopy } from '../media/plan/whole-copy.js';
import { isSeekable, makeSeekable } from '../media/seekable/seekable.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { planVideo } from '../media/plan/video-plan.js';
import { syncDirectory } from './local-files.js';
import type { OpenedSource } from './frames.js';
import { measure } from './measure.js';
import type { ProbeResult, Task, TaskPorts } from './task.js';

type ProbeTask = Extract<Task, { kind: 'probe' }>;

interface ProbedSource extends OpenedSource {
  /** Whether all that somebody could see or hear is in what is read of it. */
  readonly isAllThere: boolean;
}

/** Finds out what a source is, plans its segments and decides on its renditions. */
export async function probe(tools: Tools, task: ProbeTask, ports: TaskPorts): Promise<ProbeResult> {
  const opened = await openSource(tools, ports);
  const measured = await measure(tools, opened, task, ports.signal);
  const { endTicks, isSoundWhole, boundaries, renditions: planned } = planVideo(measured, task);
  const renditions = await levelled(tools, opened.path, planned, { task, signal: ports.signal });
  const unshownSubtitles = describeUnshownSubtitles(opened.original);
  return {
    kind: 'probe',
    durationTicks: endTicks,
    boundaries,
    isWholeCopy:
      unshownSubtitles.length === 0 &&
      isSoundWhole &&
      opened.isAllThere &&
      isWholeCopy(opened.source, renditions),
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

async function openSource(tools: Tools, ports: TaskPorts): Promise<ProbedSource> {
  const { source: uploaded, signal } = ports;
  await refuseEncrypted(uploaded);
  const earlyTable = readTableEarly(uploaded, signal);
  const whole = await inspectWithExtradata(tools, uploaded, signal);
  const original = ofOneProgram(whole);
  // Before the work of making it seekable: it may have none.
  const stream = pictureOf(original);
  if (isSeekable(original)) {
    return { original, path: uploaded, source: original, stream, earlyTable, isAllThere: true };
  }
  await refuseShort(uploaded, original);
  const path = await seekableForm(tools, original, ports);
  const source = await inspectWithExtradata(tools, path, signal);
  const isAllThere = seenOrHeard(whole) === seenOrHeard(source);
  return { original, path, source, stream: pictureOf(source), isAllThere };
}

function seenOrHeard({ streams }: Source): number {
  return streams.filter(({ codec_type }) => codec_type === 'video' || codec_type === 'audio')
    .length;
}

async function seekableForm(tools: Tools, original: Source, ports: TaskPorts): Promise<string> {
  const { source: from, attemptDirectory, videoDirectory, signal } = ports;
  const made = join(attemptDirectory, 'source.mkv');
  await makeSeekable(tools, { from, to: made, original }, signal);
  const path = join(videoDirectory, 'source.mkv');
  await rename(made, path);
  await syncDirectory(videoDirectory);
  return path;
}
