import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { systemClock } from '../clock.js';
import { noHardware, type Hardware } from '../media/encoders/hardware.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { encodeSound } from './audio.js';
import { copyStreams } from './copy.js';
import { encodeChunk } from './encode.js';
import { verifyFiles, writeMetadata } from './finish.js';
import { makePoster } from './poster.js';
import { probe } from './probe.js';
import { makeStoryboard } from './storyboard.js';
import { extractSubtitles } from './subtitle.js';
import type { RunTask, Task, TaskPorts, TaskResult } from './task.js';

/**
 * Does tasks with the ffmpeg that `findTools` finds; it is asked for each task, so that an ffmpeg
 * installed later is found. A task without one fails with FFMPEG_UNAVAILABLE. `hardware`: what a task may
 * name to encode with.
 */
export function runTask(
  findTools: () => Promise<Tools | undefined>,
  hardware: Hardware = noHardware(systemClock),
): RunTask {
  return async (task, ports) => {
    if (task.kind === 'finish') {
      await verifyFiles(task.expected, ports.signal);
      await writeMetadata(task.metadata, ports);
      return { kind: 'done' };
    }
    const tools = await findTools();
    if (tools === undefined) throw new KdramaError('FFMPEG_UNAVAILABLE');
    const input = { ...ports, source: await seekableSource(ports) };
    return dispatch(tools, task, input, hardware);
  };
}

type MediaTask = Exclude<Task, { kind: 'finish' }>;

async function dispatch(
  tools: Tools,
  task: MediaTask,
  ports: TaskPorts,
  hardware: Hardware,
): Promise<TaskResult> {
  switch (task.kind) {
    case 'probe':
      return probe(tools, task, ports);
    case 'poster':
      return makePoster(tools, task.durationTicks, ports);
    case 'storyboard':
      return makeStoryboard(tools, task, ports);
    case 'copy':
      await copyStreams(tools, task, ports);
      break;
    case 'encode':
      return { kind: 'done', encoding: await encodeChunk(tools, task, ports, hardware) };
    case 'audio':
      await encodeSound(tools, task, ports);
      break;
    case 'subtitle':
      await extractSubtitles(tools, task, ports);
      break;
  }
  return { kind: 'done' };
}

/** The remuxed source, where probing made one. */
async function seekableSource({ source, videoDirectory }: TaskPorts): Promise<string> {
  const remuxed = join(videoDirectory, 'source.mkv');
  try {
    await access(remuxed);
    return remuxed;
  } catch {
    return source;
  }
}
