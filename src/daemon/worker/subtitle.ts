import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { isScript, type SubtitleTraits } from '../../shared/renditions.js';
import { scriptFileName } from '../layout.js';
import { subtitleArguments, writtenAs } from '../media/arguments/subtitle.js';
import { runPiped } from '../media/ffmpeg/run.js';
import { readTracks } from '../media/subtitle-formats/read-tracks.js';
import { writeWebVtt } from '../media/subtitle-formats/write-webvtt.js';
import { decodeLines } from '../media/text-encoding/decode-lines.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { readWebVttBlocks, webVttInBlocks } from '../media/source/webvtt-blocks.js';
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
  const tracks = chunk.renditions.map((rendition) => ({
    id: rendition.id,
    ...subtitleTraits(rendition),
  }));
  const texts = await readTexts(tools, tracks, ports);
  await keepScripts(tracks.filter(isScript), texts, ports);
  const publisher = new Publisher(ports);
  await publisher.add(
    ...tracks.map((track) => ({
      ...{ renditionId: track.id, number: 0 },
      bytes: Buffer.from(asWebVtt(track, texts)),
    })),
  );
  await publisher.flush();
}

function subtitleTraits({ name, traits }: TaskRendition): SubtitleTraits {
  if (traits.kind === 'subtitle') return traits;
  throw new TypeError(`${name} is no subtitle`);
}

function asWebVtt(track: SubtitleTraits, texts: Texts): string {
  const read = readTracks(texts.get(track.stream) ?? '', writtenAs(track));
  return writeWebVtt(read.flatMap(({ cues }) => cues));
}

/** Texts of streams, by their index. */
type Texts = ReadonlyMap<number, string>;

async function readTexts(
  tools: Tools,
  tracks: readonly SubtitleTraits[],
  ports: TaskPorts,
): Promise<Texts> {
  const inBlocks = tracks.filter(({ codec }) => codec === webVttInBlocks);
  const others = tracks.filter((track) => !inBlocks.includes(track));
  const texts = await writtenByFfmpeg(tools, others, ports);
  for (const { stream } of inBlocks) {
    texts.set(stream, await readWebVttBlocks(tools, ports.source, stream, ports.signal));
  }
  return texts;
}

/** One run over the source. */
async function writtenByFfmpeg(
  tools: Tools,
  tracks: readonly SubtitleTraits[],
  { source, signal }: TaskPorts,
): Promise<Map<number, string>> {
  if (tracks.length === 0) return new Map();
  const args = subtitleArguments(source, tracks);
  const run = runPiped(tools.ffmpeg, args, tracks.length, signal);
  run.stdout.resume();
  const written: Buffer[] = [];
  await consumeRun(
    run,
    signal,
    run.outputs.map(async (output, index) => {
      written[index] = await buffer(output);
      await requireWholeOutput(run, signal);
    }),
  );
  return new Map(
    tracks.map(({ stream, language }, index) => {
      return [stream, decodeLines(written[index] ?? Buffer.alloc(0), language)];
    }),
  );
}

/** Not a rendition: no row names it, so it is there before the WebVTT that is made with it. */
async function keepScripts(
  scripts: readonly SubtitleTraits[],
  texts: Texts,
  { videoDirectory, attemptDirectory }: TaskPorts,
): Promise<void> {
  const files = scripts.map(({ stream }) => ({
    path: join(videoDirectory, scriptFileName(stream)),
    bytes: Buffer.from(texts.get(stream) ?? ''),
  }));
  await publishFiles(files, attemptDirectory);
}
