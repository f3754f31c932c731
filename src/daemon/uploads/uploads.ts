import type { UploadStatus } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import type { Upload } from '../store/uploads.js';
import { appendBytes, type AppendRequest } from './append.js';
import { AppendTurns } from './append-turns.js';
import { completeUpload } from './complete.js';
import { createFronts } from './fronts.js';
import { endOf, Imports, neverArrived } from './imports.js';
import { finishWhole, positionOf, settledPosition, type Position } from './in-order.js';
import { findOpenUpload, findUpload, refuseExpired } from './lookup.js';
import type { Accepted, UploadContext } from './context.js';
import { holdsSource, ownSource } from './own-source.js';
import { peek, type Peeked } from './peek.js';
import { RangeLock } from './range-lock.js';
import { promiseJob, type PromisedFile } from './promise-job.js';
import { receiveRange, type VerifiedRange } from './receive.js';
import type { Receiver } from './receiver.js';
import { recoverUploadFiles } from './recover.js';
import type { ImportRequest } from './start-import.js';
import { startUpload, type StartRequest } from './start.js';
import { uploadStatusOf } from './status.js';
import { discardUpload, sweepExpired } from './sweep.js';
import { receiveWhole, type WholeBody } from './whole-body.js';

const sweepEveryMs = 10 * 60 * 1000;

/** Everything by which a file becomes a video. The error codes are those of the functions inside. */
export class Uploads {
  readonly #context: Receiver;
  readonly #imports: Imports;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(context: UploadContext) {
    const fronts = createFronts(context.store, context.layout);
    this.#context = { ...context, locks: new RangeLock(), turns: new AppendTurns(), fronts };
    this.#imports = new Imports(context);
  }

  async start(request: StartRequest): Promise<Upload> {
    this.#context.demandTarget(request.metadata.notifyUrl);
    return startUpload(this.#context, request);
  }

  /** Throws UPLOAD_NOT_FOUND; an ended upload is answered too, for clients that repeat themselves. */
  find(id: string): Upload {
    const upload = findUpload(this.#context, id);
    refuseExpired(upload, this.#context.clock.now());
    return upload;
  }

  /** undefined when there is no such upload. */
  ownerOf(id: string): string | undefined {
    return this.#context.store.uploads.find(id)?.owner;
  }

  receive(id: string, range: VerifiedRange): Promise<void> {
    return receiveRange(this.#context, id, range);
  }

  /** Bytes of an upload that takes them in order (tus). */
  append(id: string, request: AppendRequest): Promise<Position> {
    return appendBytes(this.#context, id, request);
  }

  /** How far an upload in order is now. */
  position(id: string): Promise<Position> {
    return positionOf(this.#context, id);
  }

  /** The same, once whoever still appends to it was ended. */
  settle(id: string): Promise<Position> {
    return settledPosition(this.#context, id);
  }

  complete(id: string, finalChecksum: string): Promise<Accepted> {
    return completeUpload(this.#context, id, finalChecksum);
  }

  async receiveWhole(body: WholeBody): Promise<Accepted> {
    this.#context.demandTarget(body.metadata.notifyUrl);
    return receiveWhole(this.#context, body);
  }

  async import(request: ImportRequest): Promise<{ upload: Upload; ended: Promise<Accepted> }> {
    this.#context.demandTarget(request.metadata.notifyUrl);
    return this.#imports.start(request);
  }

  /**
   * Resolves or rejects when an import that began before has ended; undefined when there is none (any
   * more) of this id.
   */
  whenImported(id: string): Promise<Pick<Accepted, 'videoId'>> | undefined {
    return this.#imports.ended(id) ?? endOf(this.#context.store.uploads.find(id));
  }

  /** What a file on this machine is, without taking it; see peek.ts. */
  peek(path: string): Promise<Peeked> {
    return peek(path);
  }

  /** Whether the library has the bytes of a video, unchanged and so many. */
  holds(videoId: string, sizeBytes: number): Promise<boolean> {
    return holdsSource(this.#context, videoId, sizeBytes);
  }

  /** No other name is left of what was hard-linked into the library; see own-source.ts. */
  own(videoId: string): Promise<void> {
    return ownSource(this.#context, videoId);
  }

  /** The id of the job that a file on this machine will become; see promise-job.ts. */
  promiseJob(file: PromisedFile): Promise<string> {
    return promiseJob(this.#context, this.#imports, file);
  }

  /** Gives up the import that was to become this job; false when there is none (any more). */
  async breakPromise(jobId: string): Promise<boolean> {
    const upload = this.#context.store.uploads.findByJob(jobId);
    if (upload?.state === 'importing') await this.abort(upload.id).catch(unlessComplete);
    return this.#context.store.uploads.findByJob(jobId)?.state === 'aborted';
  }

  /** Throws UPLOAD_NOT_FOUND, UPLOAD_EXPIRED. */
  status(id: string): UploadStatus {
    const { store, jobs } = this.#context;
    const upload = this.find(id);
    const jobId = upload.videoId === null ? null : (jobs.view(upload.videoId)?.jobId ?? null);
    const copiedBytes = this.#imports.copiedBytes(id);
    return uploadStatusOf(upload, store.uploads.ranges.of(id), copiedBytes, jobId);
  }

  /** Ends an unfinished or failed upload and removes its bytes; throws UPLOAD_CONFLICT when complete. */
  async abort(id: string): Promise<void> {
    const upload = this.find(id);
    await this.#imports.abort(id);
    this.#context.turns.interrupt(id);
    await this.#context.locks.run(id, 0, upload.sizeBytes, async () => {
      if (!(await discardUpload(this.#context, id))) findOpenUpload(this.#context, id);
    });
    neverArrived(this.#context, upload, 'job.cancelled');
  }

  /** Call once at start, before jobs look at the files. */
  async recover(): Promise<void> {
    const { store, layout } = this.#context;
    await recoverUploadFiles(store, layout);
  }

  /** Goes on with what the last run of the daemon left: hashes, imports, expiry. */
  async run(): Promise<void> {
    const { store, fronts, log } = this.#context;
    await sweepExpired(this.#context);
    for (const upload of store.uploads.inState('open')) {
      fronts.of(upload).catchUp();
      finishWhole(this.#context, upload).catch((err: unknown) => {
        log.warn({ uploadId: upload.id, err }, 'a whole upload could not be completed');
      });
    }
    for (const upload of store.uploads.inState('importing')) this.#imports.restart(upload);
    this.#sweeping = setInterval(() => {
      sweepExpired(this.#context).catch((err: unknown) => log.error({ err }, 'sweep failed'));
    }, sweepEveryMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#sweeping);
    await this.#context.turns.stop();
    await this.#imports.stop();
  }
}

/** It became a video while it was being given up: then that is what there is. */
function unlessComplete(error: unknown): void {
  if (!(error instanceof KdramaError) || error.code !== 'UPLOAD_CONFLICT') throw error;
}
