import { join } from 'node:path';
import { toSeconds } from '../../shared/time.js';
import { posterArguments, type PosterRequest } from '../media/arguments/poster.js';
import { treatmentOf } from '../media/source/colors.js';
import { inspect } from '../media/source/inspect.js';
import type { Size } from '../media/source/shown-size.js';
import { pictureOf } from '../media/source/picture-of.js';
import { shownSize } from '../media/source/shown-size.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { publishFiles } from './local-files.js';
import { readPicture } from './read-picture.js';
import type { TaskPorts, TaskResult } from './task.js';

/** Makes `poster.jpg` in the video's directory. */
export async function makePoster(
  tools: Tools,
  durationTicks: number,
  ports: TaskPorts,
): Promise<TaskResult> {
  const stream = pictureOf(await inspect(tools, ports.source, ports.signal));
  const { canToneMap = false } = tools;
  const picture = {
    ...{ source: ports.source, stream: stream.index, codec: stream.codec_name },
    size: posterSize(shownSize(stream)),
    treatment: treatmentOf(stream, { canToneMap }),
  };
  let bytes: Buffer | undefined;
  for (const where of places(toSeconds(durationTicks))) {
    bytes ??= await readPicture(tools, posterArguments({ ...picture, ...where }), ports.signal);
  }
  if (bytes === undefined) throw new RangeError('no key frame to make a poster of');
  await publishFiles(
    [{ path: join(ports.videoDirectory, 'poster.jpg'), bytes }],
    ports.attemptDirectory,
  );
  return { kind: 'poster', sizeBytes: bytes.length };
}

const posterWidth = 640;

function posterSize({ width, height }: Size): Size {
  return {
    width: posterWidth,
    height: Math.max(2, 2 * Math.round((posterWidth * height) / width / 2)),
  };
}

/** From a tenth into the video, for the first frames are often black; a short clip has one key frame. */
function places(durationSeconds: number): Pick<PosterRequest, 'atSeconds' | 'mayBeBlack'>[] {
  const times = [durationSeconds / 10, durationSeconds / 2, 0];
  return [false, true].flatMap((mayBeBlack) =>
    times.map((atSeconds) => ({ atSeconds, mayBeBlack })),
  );
}
