import { buffer } from 'node:stream/consumers';
import { subtitleArguments } from '../media/arguments/subtitle.js';
import { cleanWebVtt } from '../media/cues.js';
import { runPiped } from '../media/run.js';
import type { Tools } from '../media/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { Publisher } from './publisher.js';
import type { Chunk, TaskPorts } from './task.js';

/** One run over the source that makes one WebVTT file of every text subtitle track. */
export async function extractSubtitles(
  tools: Tools,
  chunk: Chunk,
  ports: TaskPorts,
): Promise<void> {
  const streams = chunk.renditions.map(({ traits }) => traits.stream);
  const run = runPiped(
    tools.ffmpeg,
    subtitleArguments(ports.source, streams),
    streams.length,
    ports.signal,
  );
  run.stdout.resume();
  const publisher = new Publisher(ports);
  const texts: string[] = [];
  await consumeRun(
    run,
    ports.signal,
    run.outputs.map(async (stream, index) => {
      texts[index] = (await buffer(stream)).toString('utf8');
      await requireWholeOutput(run, ports.signal);
    }),
  );
  const publications = chunk.renditions.map(({ id }, index) => ({
    renditionId: id,
    number: 0,
    bytes: Buffer.from(cleanWebVtt(texts[index] ?? '')),
  }));
  await publisher.add(...publications);
  await publisher.flush();
}
