import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { chaptersOf } from '../media/chapters.js';
import { describeUnshownSubtitles } from '../media/describe-subtitles.js';
import type { DescribedRendition } from '../media/described-rendition.js';
import { inspectWithExtradata } from '../media/extradata.js';
import type { Source } from '../media/inspect.js';
import { atLoudness, measureLoudness } from '../media/loudness.js';
import { pictureOf } from '../media/picture-of.js';
import { ofOneProgram } from '../media/programs.js';
import { isWholeCopy } from '../media/whole-copy.js';
import { isSeekable, makeSeekable } from '../media/seekable.js';
import type { Tools } from '../media/tool-pair.js';
import { planVideo } from '../media/video-plan.js';
import { syncDirectory } from './local-files.js';
import type { OpenedSource } from './frames.js';
import { measure } from './measure.js';
import type { ProbeResult, Task, TaskPorts } from './task.js';

type ProbeTask = Extract<Task, { kind: 'probe' }>;

interface ProbedSource extends OpenedSource {
  /** The file that was uploaded: an index of its own leaves some of it out. */
  readonly original: Source;
}

/** Finds out what a source is, plans its segments and decides on its renditions. */
export async function probe(tools: Tools, task: ProbeTask, ports: TaskPorts): Promise<ProbeResult> {
  const opened = await openSource(tools, ports);
  const measured = await measure(tools, opened, task, ports.signal);
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

async function openSource(tools: Tools, ports: TaskPorts): Promise<ProbedSource> {
  const { source: uploaded, signal } = ports;
  const original = ofOneProgram(await inspectWithExtradata(tools, uploaded, signal));
  // Before the work of making it seekable: it may have none.
  const stream = pictureOf(original);
  if (isSeekable(original)) return { original, path: uploaded, source: original, stream };
  const path = await seekableForm(tools, original, ports);
  const source = await inspectWithExtradata(tools, path, signal);
  return { original, path, source, stream: pictureOf(source) };
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
