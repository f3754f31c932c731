import { KdramaError } from '../../shared/errors.js';
import { mayBeVideo } from '../../shared/formats.js';
import { sniff } from './sniff.js';

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
