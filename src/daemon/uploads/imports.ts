import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import PQueue from 'p-queue';
import { KdramaError } from '../../shared/errors.js';
import type { ImportOrigin, Upload } from '../store/uploads.js';
import { admit } from './admit.js';
import type { Accepted, UploadContext } from './context.js';
import { failUpload } from './fail.js';
import { startImport, type ImportRequest } from './start-import.js';
import { takeBytes } from './take-bytes.js';

/** One disk serves two readers about as well as one, and a short file need not wait for a long. */
const atOnce = 2;

/** One import that waits for its turn or runs. */
class Running {
  readonly abort = new AbortController();
  ended: Promise<Accepted> | undefined;
  hasBegun = false;
  copiedBytes = 0;
}

/** Files on the same machine, taken by path while the client only follows. */
export class Imports {
  readonly #running = new Map<string, Running>();
  readonly #queue = new PQueue({ concurrency: atOnce });

  constructor(private readonly context: UploadContext) {}

  /** Begins at once or when it is its turn; `ended` rejects with what is also recorded. */
  async start(request: ImportRequest): Promise<{ upload: Upload; ended: Promise<Accepted> }> {
    const upload = await startImport(this.context, request);
    return { upload, ended: this.#begin(upload) };
  }

  /** After a crash: from the first byte, the half copy is overwritten. */
  restart(upload: Upload): void {
    void this.#begin(upload);
  }

  /** Of one that waits or runs. */
  ended(id: string): Promise<Accepted> | undefined {
    return this.#running.get(id)?.ended;
  }

  copiedBytes(id: string): number {
    return this.#running.get(id)?.copiedBytes ?? 0;
  }

  /** Stops one and waits until it has let go of its file. */
  async abort(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.abort.abort(new KdramaError('UPLOAD_NOT_FOUND', `${id} was aborted`));
    if (running?.hasBegun) await running.ended?.catch(() => undefined);
  }

  /** Stops all; their rows still say `importing`, so the next start takes them up again. */
  async stop(): Promise<void> {
    this.#queue.clear();
    for (const { abort } of this.#running.values()) abort.abort(new Stopping());
    await this.#queue.onIdle();
  }

  #begin(upload: Upload): Promise<Accepted> {
    const running = new Running();
    this.#running.set(upload.id, running);
    running.ended = this.#queue.add(() => this.#run(upload, running));
    // Whoever waits hears of it; a failure that nobody waits for is in the row and the log.
    void running.ended
      .catch(() => undefined)
      .finally(() => {
        if (this.#running.get(upload.id) === running) this.#running.delete(upload.id);
      });
    return running.ended;
  }

  async #run(upload: Upload, running: Running): Promise<Accepted> {
    const { layout, log } = this.context;
    try {
      return await this.#take(upload, upload.importFrom, running);
    } catch (error) {
      if (error instanceof Stopping) {
        await rm(layout.upload(upload.id), { force: true });
      } else {
        log.warn({ uploadId: upload.id, err: error }, 'import failed');
        await failUpload(this.context, upload.id, error);
        if (!running.abort.signal.aborted) neverArrived(this.context, upload, 'job.failed');
      }
      throw error;
    }
  }

  async #take(upload: Upload, from: ImportOrigin | null, running: Running): Promise<Accepted> {
    const { signal } = running.abort;
    if (from === null) throw new Error(`upload ${upload.id} is no import`);
    signal.throwIfAborted();
    running.hasBegun = true;
    const sha256 = await takeBytes(from, this.context.layout.upload(upload.id), {
      signal,
      progress: (bytes) => {
        running.copiedBytes = bytes;
      },
    });
    const file = {
      ...upload,
      folder: dirname(from.path),
      sha256,
      identity: from.link ? from.identity : null,
      ...(from.job && { job: from.job }),
    };
    return admit(this.context, file, (videoId) => {
      if (!this.context.store.uploads.complete(upload.id, videoId)) throw signal.reason;
    });
  }
}

/** The end of an import that nothing works on any more; undefined when it has none. */
export function endOf(upload: Upload | undefined): Promise<Pick<Accepted, 'videoId'>> | undefined {
  if (upload === undefined) return undefined;
  if (upload.videoId !== null) return Promise.resolve({ videoId: upload.videoId });
  if (upload.error === null) return undefined;
  const { code, message } = upload.error;
  return Promise.reject(new KdramaError(code, undefined, { message }));
}

/** Whoever was promised a job of this file hears that there will be none. */
export function neverArrived(
  { jobs }: Pick<UploadContext, 'jobs'>,
  { importFrom }: Upload,
  how: 'job.failed' | 'job.cancelled',
): void {
  const jobId = importFrom?.job?.jobId;
  if (jobId !== undefined) jobs.neverArrived(jobId, how);
}

class Stopping extends Error {
  constructor() {
    super('the daemon stops');
  }
}
