import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sheetFileName, storyboardName } from '../layout.js';
import { sheetArguments, type SheetRequest } from '../media/arguments/sheet.js';
import { treatmentOf } from '../media/source/colors.js';
import { inspect } from '../media/source/inspect.js';
import { pictureOf } from '../media/source/picture-of.js';
import { shownSize } from '../media/source/shown-size.js';
import { sheetColumns, sheetRows, tiledSegments, tileSize } from '../media/segments/storyboard.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { writeKeyPictures } from './key-pictures.js';
import { publishFiles } from './local-files.js';
import { readPicture } from './read-picture.js';
import type { StoryboardTask, TaskPorts, TaskResult } from './task.js';

/**
 * Makes the sheets of a storyboard, all of them visible together once their row is written. They are
 * made of the rendition's key frames, which have the shape and the colours that are shown: see
 * docs/decisions/0042-storyboard.md.
 */
export async function makeStoryboard(
  tools: Tools,
  task: StoryboardTask,
  ports: TaskPorts,
): Promise<TaskResult> {
  const segments = tiledSegments(task.boundaries);
  const perSheet = sheetColumns * sheetRows;
  const sheets: Buffer[] = [];
  const source = join(ports.attemptDirectory, 'keys.mp4');
  let look: Look | undefined;
  for (let first = 0; first < segments.length; first += perSheet) {
    ports.signal.throwIfAborted();
    const shown = segments.slice(first, first + perSheet);
    await writeKeyPictures(source, task.picture, shown);
    look ??= await lookOf(tools, source, ports.signal);
    const columns = Math.min(sheetColumns, segments.length);
    const rows = Math.ceil(shown.length / columns);
    sheets.push(await makeSheet(tools, { source, ...look, columns, rows }, ports));
  }
  if (look === undefined) throw new RangeError('no segment to make a storyboard of');
  const storyboard = {
    version: versionOf(sheets),
    ...{ tileWidth: look.tile.width, tileHeight: look.tile.height },
    ...{ columns: Math.min(sheetColumns, segments.length), rows: sheetRows },
    tileTicks: segments.map((number) => task.boundaries[number] ?? 0),
    sheetBytes: sheets.map((sheet) => sheet.length),
  };
  const directory = join(task.planDirectory, storyboardName(storyboard.version));
  await publishFiles(
    sheets.map((bytes, number) => ({ path: join(directory, sheetFileName(number)), bytes })),
    ports.attemptDirectory,
  );
  return { kind: 'storyboard', storyboard };
}

type Look = Pick<SheetRequest, 'tile' | 'treatment'>;

async function lookOf(tools: Tools, path: string, signal: AbortSignal): Promise<Look> {
  const stream = pictureOf(await inspect(tools, path, signal));
  const { canToneMap = false } = tools;
  return { tile: tileSize(shownSize(stream)), treatment: treatmentOf(stream, { canToneMap }) };
}

async function makeSheet(tools: Tools, request: SheetRequest, ports: TaskPorts): Promise<Buffer> {
  const sheet = await readPicture(tools, sheetArguments(request), ports.signal);
  if (sheet === undefined) throw new RangeError('no picture came out of its key frames');
  return sheet;
}

/** By what they show: the same pictures made again lie where they lay, others elsewhere. */
function versionOf(sheets: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const sheet of sheets) hash.update(sheet);
  return hash.digest('hex').slice(0, 16);
}
