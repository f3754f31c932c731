import { readBoxHeader } from '../fmp4/boxes.js';
import { withBytes, type ReadBytes } from './bytes.js';

/** A feature film has 2 MB of it. */
const mostHeaderBytes = 64 * 1024 * 1024;
/** Boxes before the one that is looked for. */
const mostBoxes = 1000;

/** By how it begins; some of QuickTime before 2001 begin otherwise. */
export async function isMp4(path: string): Promise<boolean> {
  const head = await withBytes(path, (read) => read(0, 8));
  return head.toString('latin1', 4) === 'ftyp';
}

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
