import { toTicks } from '../../shared/time.js';
import { audioArguments, soundSeek } from '../media/arguments/audio.js';
import type { Sample } from '../media/fmp4/samples.js';
import { runPiped } from '../media/ffmpeg/run.js';
import { firstFrameAt, gridOf, snap } from '../media/segments/sound-grid.js';
import { limitsOf, type Tools } from '../media/ffmpeg/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { Publisher } from './publisher.js';
import { audioTraits, publishSound } from './sound-output.js';
import type { Chunk, TaskPorts, TaskRendition } from './task.js';

/** AAC frames overlap: the encoder needs the sound on both sides of those that are kept. */
const marginFrames = 2;

/** A chunk of one encoded sound rendition, on the grid that all its chunks share. */
export async function encodeSound(tools: Tools, chunk: Chunk, ports: TaskPorts): Promise<void> {
  const rendition = chunk.renditions[0] as TaskRendition;
  const traits = audioTraits(rendition);
  const { sampleRate, channels, gainDb, stream, source } = traits;
  const grid = gridOf(traits);
  const { frameSamples } = grid;
  const end = chunk.firstSegment + chunk.segments;
  const [startTicks = 0, endTicks = 0] = [chunk.firstSegment, end].map((n) => chunk.boundaries[n]);
  const firstFrame = firstFrameAt(startTicks, grid);
  const startFrame = Math.max(0, firstFrame - marginFrames);
  const startSample = startFrame * frameSamples;
  const endFrame = firstFrameAt(endTicks, grid);
  const skippedSeconds = startSample / sampleRate - soundSeek(startSample, sampleRate);
  const run = runPiped(
    tools.ffmpeg,
    audioArguments({
      ...{ path: ports.source, stream, source, sampleRate, channels, gainDb, startSample },
      samples: (endFrame + marginFrames - startFrame) * frameSamples,
    }),
    1,
    ports.signal,
    {
      ...limitsOf(tools),
      onSeconds: (seconds) => ports.progress(toTicks(Math.max(0, seconds - skippedSeconds))),
    },
  );
  const arrange = async (samples: readonly Sample[]) =>
    samples
      .map((sample) => ({ ...sample, pts: snap(sample.pts) }))
      .filter(({ pts }) => pts >= firstFrame * frameSamples && pts < endFrame * frameSamples);
  const publisher = new Publisher(ports);
  const isWhole = () => requireWholeOutput(run, ports.signal);
  await consumeRun(run, ports.signal, [
    ...run.outputs.map((output) =>
      publishSound(output, { chunk, rendition, publisher, isWhole, arrange, pad: async () => [] }),
    ),
  ]);
}
