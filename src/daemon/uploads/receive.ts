import { KdramaError } from '../../shared/errors.js';
import type { ReceivedRange } from '../store/upload-ranges.js';
import type { Upload } from '../store/uploads.js';
import { commitDurably } from './commit-durably.js';
import { failOpenUpload } from './fail.js';
import { findOpenUpload, findUpload } from './lookup.js';
import { headOf, type Pieces } from './pieces.js';
import type { Receiver } from './receiver.js';
import { refuseForeignBytes } from './refuse-format.js';
import { sniffBytes } from './sniff.js';
import { SyncFailed, writeDurably } from './upload-file.js';

/** Bytes whose SHA-256 was compared with what the client said. */
export interface VerifiedRange extends ReceivedRange {
  readonly pieces: Pieces;
}

/**
 * Stores a verified range; when it returns, the range is on the disk and recorded. The same range
 * again changes nothing. Throws UPLOAD_CONFLICT for other bytes in its place, UPLOAD_INVALID_FORMAT
 * when the first bytes are not a video's, STORAGE_FULL, and what findOpenUpload throws.
 */
export function receiveRange(context: Receiver, id: string, range: VerifiedRange): Promise<void> {
  return context.locks.run(id, range.start, range.end, async () => {
    if (isReceived(context, id, range)) return;
    const upload = findOpenUpload(context, id);
    if (range.start === 0) await refuseForeignStart(context, upload, range.pieces);
    await write(context, upload, range);
    findOpenUpload(context, id); // another range may have ended it meanwhile
    const { start, end, sha256 } = range;
    const recorded = commitDurably(context, () => {
      context.store.uploads.ranges.insert(id, { start, end, sha256 });
    });
    context.fronts.of(upload).received(start, range.pieces);
    await recorded;
  });
}

/** An acknowledged range is never written again. */
function isReceived(context: Receiver, id: string, range: ReceivedRange): boolean {
  findUpload(context, id);
  const present = context.store.uploads.ranges.overlapping(id, range.start, range.end);
  if (present === undefined) return false;
  const same = (['start', 'end', 'sha256'] as const).every((key) => present[key] === range[key]);
  if (same) return true;
  throw new KdramaError('UPLOAD_CONFLICT', `bytes ${present.start} to ${present.end}`);
}

/** What is no video is refused with its first bytes, not after two gigabytes. */
async function refuseForeignStart(
  context: Receiver,
  upload: Upload,
  pieces: Pieces,
): Promise<void> {
  const head = headOf(pieces, sniffBytes);
  if (head.length < Math.min(sniffBytes, upload.sizeBytes)) return;
  try {
    refuseForeignBytes(head);
  } catch (error) {
    await failOpenUpload(context, upload.id, error);
    throw error;
  }
}

async function write(context: Receiver, upload: Upload, range: VerifiedRange): Promise<void> {
  try {
    await writeDurably(context.layout.upload(upload.id), range.start, range.pieces);
  } catch (error) {
    if (error instanceof SyncFailed) await failOpenUpload(context, upload.id, error);
    throw error;
  }
}
