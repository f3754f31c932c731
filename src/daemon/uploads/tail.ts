import type { FileHandle } from 'node:fs/promises';
import { KdramaError } from '../../shared/errors.js';
import type { Upload } from '../store/uploads.js';
import { commitDurably } from './commit-durably.js';
import { refuseForeignHead } from './complete.js';
import { failOpenUpload } from './fail.js';
import type { Receiver } from './receiver.js';
import { sniffBytes } from './sniff.js';
import { SyncFailed, syncBytes, writeInPlace } from './upload-file.js';

/** What a power cut may cost a client at most. */
const recordEveryBytes = 8 * 1024 * 1024;

/**
 * The end of an upload that comes in order. Bytes are written behind what is recorded and count once
 * they are synced and recorded; before, whatever lies there is written over by the next request.
 */
export class Tail {
  #written: number;
  #recorded: number;

  constructor(
    private readonly context: Receiver,
    private readonly upload: Upload,
    private readonly file: FileHandle,
    start: number,
  ) {
    this.#written = start;
    this.#recorded = start;
  }

  /** Throws STORAGE_FULL, BODY_TOO_LARGE for bytes behind the end of the file. */
  async write(bytes: Buffer): Promise<void> {
    const end = this.#written + bytes.length;
    refuseExcess(this.upload, end);
    await writeInPlace(this.file, this.#written, [bytes]);
    this.#written = end;
  }

  /** Records when enough has come since the last time, or so much that its format can be told. */
  async recordOften(): Promise<void> {
    const isMuch = this.#written - this.#recorded >= recordEveryBytes;
    if (isMuch || this.#showsFormat()) await this.record();
  }

  /**
   * What was written is on the disk and counts when it returns. Throws UPLOAD_INVALID_FORMAT when
   * the first bytes are not a video's, STORAGE_FULL, SyncFailed (both ends of the upload).
   */
  async record(): Promise<void> {
    const { context, upload } = this;
    const [before, end] = [this.#recorded, this.#written];
    if (before === end) return;
    const showsFormat = this.#showsFormat();
    this.#recorded = end;
    if (showsFormat) await refuseForeignHead(context, upload);
    await this.#sync();
    await commitDurably(context, () => context.store.uploads.ranges.extend(upload.id, end));
    context.fronts.of(upload).catchUp();
  }

  #showsFormat(): boolean {
    const seen = Math.min(sniffBytes, this.upload.sizeBytes);
    return this.#recorded < seen && this.#written >= seen;
  }

  async #sync(): Promise<void> {
    try {
      await syncBytes(this.file);
    } catch (error) {
      if (error instanceof SyncFailed) await failOpenUpload(this.context, this.upload.id, error);
      throw error;
    }
  }
}

/** Throws BODY_TOO_LARGE for bytes behind the end of the file. */
export function refuseExcess({ sizeBytes }: Upload, end: number): void {
  if (end <= sizeBytes) return;
  const detail = `the upload ends at byte ${sizeBytes}, these bytes at ${end}`;
  throw new KdramaError('BODY_TOO_LARGE', detail);
}
