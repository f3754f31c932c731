import { readBoxHeader } from '../fmp4/boxes.js';
import type { ReadBytes } from './bytes.js';

/** A feature film has 2 MB of it. */
const mostHeaderBytes = 64 * 1024 * 1024;
/** Boxes before the one that is looked for. */
const mostBoxes = 1000;

/** The body of the `moov` box, wherever in the file it lies. */
export async function readMovie(read: ReadBytes, sizeBytes: number): Promise<Buffer | undefined> {
  let at = 0;
  for (let boxes = 0; at < sizeBytes && boxes < mostBoxes; boxes += 1) {
    const box = readBoxHeader(await read(at, 16), 0);
    if (box === undefined) return undefined;
    if (box.type === 'moof') return undefined;
    if (box.type === 'moov') {
      const length = box.end - box.body;
      if (length > mostHeaderBytes) return undefined;
      const bytes = await read(at + box.body, length);
      return bytes.length === length ? bytes : undefined;
    }
    at += box.end;
  }
  return undefined;
}
