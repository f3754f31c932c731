import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isScript, type SubtitleTraits } from '../../shared/renditions.js';
import { scriptFileName } from '../layout.js';
import { subtitleArguments, type SubtitleOutput } from '../media/arguments/subtitle.js';
import { cleanWebVtt } from '../media/cues.js';
import { runPiped } from '../media/run.js';
import { decodeLines } from '../media/text-encoding/decode-lines.js';
import type { Tools } from '../media/tool-pair.js';
import { readWebVttBlocks, webVttInBlocks } from '../media/webvtt-blocks.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';
import { publishFiles } from './local-files.js';
import { Publisher } from './publisher.js';
import type { Chunk, TaskPorts, TaskRendition } from './task.js';

/**
 * Makes one WebVTT file of every text subtitle track. A script (ASS) is kept beside as it stands, too: there are
 * players that draw its looks.
 */
export async function extractSubtitles(
  tools: Tools,
  chunk: Chunk,
  ports: TaskPorts,
): Promise<void> {
  const { source, signal } = ports;
  const tracks = chunk.renditions.map(subtitleTraits);
  const decoded = tracks.filter(({ codec }) => codec !== webVttInBlocks);
  const scripts = decoded.filter(isScript);
  const outputs = [
    ...decoded.map(({ stream, language }) => ({ stream, language, as: 'webvtt' as const })),
    ...scripts.map(({ stream, language }) => ({ stream, language, as: 'script' as const })),
  ];
  const written = outputs.length === 0 ? [] : await writtenByFfmpeg(tools, outputs, ports);
  const texts = new Map(decoded.map(({ stream }, index) => [stream, written[index] ?? '']));
  for (const { stream, codec } of tracks) {
    if (codec !== webVttInBlocks) continue;
    texts.set(stream, await readWebVttBlocks(tools, source, stream, signal));
  }
  await keepScripts(scripts, written.slice(decoded.length), ports);
  const publisher = new Publisher(ports);
  await publisher.add(
    ...chunk.renditions.map(({ id, traits }) => ({
      ...{ renditionId: id, number: 0 },
      bytes: Buffer.from(cleanWebVtt(texts.get(traits.stream) ?? '')),
    })),
  );
  await publisher.flush();
}

function subtitleTraits({ name, traits }: TaskRendition): SubtitleTraits {
  if (traits.kind === 'subtitle') return traits;
  throw new TypeError(`${name} is no subtitle`);
}

/** One run over the source. */
async function writtenByFfmpeg(
  tools: Tools,
  outputs: readonly (SubtitleOutput & Pick<SubtitleTraits, 'language'>)[],
  { source, signal }: TaskPorts,
): Promise<readonly string[]> {
  const run = runPiped(tools.ffmpeg, subtitleArguments(source, outputs), outputs.length, signal);
  run.stdout.resume();
  const texts: string[] = [];
  await consumeRun(
    run,
    signal,
    run.outputs.map(async (stream, index) => {
      texts[index] = decodeLines(await buffer(stream), outputs[index]?.language);
      await requireWholeOutput(run, signal);
    }),
  );
  return texts;
}

/** Not a rendition: no row names it, so it is there before the WebVTT that is made with it. */
async function keepScripts(
  scripts: readonly SubtitleTraits[],
  texts: readonly string[],
  { videoDirectory, attemptDirectory }: TaskPorts,
): Promise<void> {
  const files = scripts.map(({ stream }, index) => ({
    path: join(videoDirectory, scriptFileName(stream)),
    bytes: Buffer.from(texts[index] ?? ''),
  }));
  await publishFiles(files, attemptDirectory);
}
