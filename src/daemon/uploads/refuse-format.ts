import type { FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import { mayBeVideo } from '../../shared/formats.js';
import { sniff, sniffBytes } from './sniff.js';
import { readFully } from './upload-file.js';

/** Throws UPLOAD_INVALID_FORMAT for a name that no video has. */
export function refuseForeignName(filename: string): void {
  if (mayBeVideo(filename)) return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `${filename} is not the name of a video file`);
}

/** Throws UPLOAD_INVALID_FORMAT, saying what the file is, unless it begins like a video. */
export function refuseForeignBytes(head: Uint8Array): void {
  const sniffed = sniff(head);
  if (sniffed.kind === 'container') return;
  throw new KdramaError('UPLOAD_INVALID_FORMAT', `expected a video, this is ${sniffed.name}`);
}

/** The same for a file that is open. */
export async function refuseForeignHead(file: FileHandle): Promise<void> {
  const head = Buffer.alloc(sniffBytes);
  refuseForeignBytes(head.subarray(0, await readFully(file, head, 0)));
}
