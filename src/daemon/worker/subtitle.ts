import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isScript } from '../../shared/renditions.js';
import { scriptFileName } from '../layout.js';
import { subtitleArguments } from '../media/arguments/subtitle.js';
import { cleanWebVtt } from '../media/cues.js';
import { runPiped } from '../media/run.js';
import type { Tools } from '../media/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { publishFiles } from './local-files.js';
import { Publisher } from './publisher.js';
import type { Chunk, TaskPorts } from './task.js';

/**
 * One run over the source that makes one WebVTT file of every text subtitle track. A script (ASS) is
 * kept beside as it stands, too: there are players that draw its looks.
 */
export async function extractSubtitles(
  tools: Tools,
  chunk: Chunk,
  ports: TaskPorts,
): Promise<void> {
  const streams = chunk.renditions.map(({ traits }) => traits.stream);
  const scripts = chunk.renditions
    .filter(({ traits }) => traits.kind === 'subtitle' && isScript(traits))
    .map(({ traits }) => traits.stream);
  const outputs = [
    ...streams.map((stream) => ({ stream, as: 'webvtt' as const })),
    ...scripts.map((stream) => ({ stream, as: 'script' as const })),
  ];
  const run = runPiped(
    tools.ffmpeg,
    subtitleArguments(ports.source, outputs),
    outputs.length,
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
  await keepScripts(scripts, texts.slice(streams.length), ports);
  await publisher.add(...publications);
  await publisher.flush();
}

/** Not a rendition: no row names it, so it is there before the WebVTT that is made with it. */
async function keepScripts(
  streams: readonly number[],
  texts: readonly string[],
  { videoDirectory, attemptDirectory }: TaskPorts,
): Promise<void> {
  const files = streams.map((stream, index) => ({
    path: join(videoDirectory, scriptFileName(stream)),
    bytes: Buffer.from(texts[index] ?? ''),
  }));
  await publishFiles(files, attemptDirectory);
}
