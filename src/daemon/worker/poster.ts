import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { toSeconds } from '../../shared/time.js';
import { posterArguments } from '../media/arguments/poster.js';
import { inspect } from '../media/inspect.js';
import { pictureOf } from '../media/picture-of.js';
import { runPiped } from '../media/run.js';
import type { Tools } from '../media/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { publishFiles } from './local-files.js';
import type { TaskPorts, TaskResult } from './task.js';

/** Makes `poster.jpg` in the video's directory. */
export async function makePoster(
  tools: Tools,
  durationTicks: number,
  ports: TaskPorts,
): Promise<TaskResult> {
  const stream = pictureOf(await inspect(tools, ports.source, ports.signal));
  const seconds = toSeconds(durationTicks);
  const bytes =
    (await takePicture(tools, stream.index, seconds, ports)) ??
    (await takePicture(tools, stream.index, 0, ports));
  if (bytes === undefined) throw new RangeError('no key frame to make a poster of');
  await publishFiles(
    [{ path: join(ports.videoDirectory, 'poster.jpg'), bytes }],
    ports.attemptDirectory,
  );
  return { kind: 'poster', sizeBytes: bytes.length };
}

/** undefined when there is no key frame after that point, as in a short clip of one GOP. */
async function takePicture(
  tools: Tools,
  stream: number,
  durationSeconds: number,
  ports: TaskPorts,
): Promise<Buffer | undefined> {
  const args = posterArguments(ports.source, stream, durationSeconds);
  const run = runPiped(tools.ffmpeg, args, 1, ports.signal);
  run.stdout.resume();
  let bytes = Buffer.alloc(0);
  await consumeRun(
    run,
    ports.signal,
    run.outputs.map(async (output) => {
      bytes = await buffer(output);
      await requireWholeOutput(run, ports.signal);
    }),
  );
  return bytes.length > 0 ? bytes : undefined;
}
