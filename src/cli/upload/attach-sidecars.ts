import { KdramaError, type ErrorCode } from '../../shared/errors.js';
import type { Api } from '../api/client.js';
import { readSubtitleFile } from '../subtitle/read-subtitle-file.js';
import { findSidecars } from './find-sidecars.js';

/** Nothing that whoever uploads could do about it: it is somebody else's video, or an older daemon. */
const notTaken: readonly ErrorCode[] = ['AUTH_INSUFFICIENT_PERMISSIONS', 'NOT_FOUND'];

interface Asking {
  readonly api: Pick<Api, 'attachSubtitle'>;
  readonly cwd: string;
  readonly signal: AbortSignal;
}

interface Told {
  onNote(words: string): void;
  onSubtitleError(path: string, error: unknown): void;
}

/** What became of the subtitle files beside a video. */
export interface AttachedSidecars {
  readonly names: readonly string[];
  /** Were not added, which was told. */
  readonly failed: number;
}

/** Adds the subtitle files that lie beside a video to it. One that fails is told and fails no other. */
export async function attachSidecars(
  named: string,
  videoId: string,
  { api, cwd, signal }: Asking,
  told: Told,
): Promise<AttachedSidecars> {
  const { texts, pictures } = await findSidecars(named, cwd);
  for (const name of pictures) {
    told.onNote(`${name} holds pictures of words, not text: it is not added.`);
  }
  const names: string[] = [];
  let failed = 0;
  for (const { path, name } of texts) {
    try {
      await api.attachSubtitle(videoId, { filename: name }, await readSubtitleFile(path));
      names.push(name);
    } catch (error) {
      signal.throwIfAborted();
      const isTaken = !(error instanceof KdramaError) || !notTaken.includes(error.code);
      if (isTaken) told.onSubtitleError(path, error);
      else told.onNote(`${name} is not added: ${error.message}.`);
      failed += isTaken ? 1 : 0;
    }
  }
  if (failed > 0) told.onNote('The episode itself is added.');
  return { names, failed };
}
