import type { FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { textExtensions } from '../../shared/sidecars/subtitle-name.js';
import { mayBeVideo } from '../../shared/formats.js';
import { sniff, sniffBytes } from './sniff.js';
import { readFully } from './upload-file.js';

/** Throws UPLOAD_INVALID_FORMAT for a name that no video has. */
export function refuseForeignName(filename: string): void {
  if (mayBeVideo(filename)) return;
  const isSubtitle = textExtensions.includes(extname(filename).slice(1).toLowerCase());
  const hint =
    'Add subtitles to their episode: kdrama subtitle add VIDEO FILE; beside a video they come with it.';
  throw new KdramaError(
    'UPLOAD_INVALID_FORMAT',
    `${filename} is not the name of a video file`,
    isSubtitle ? { hint } : {},
  );
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
