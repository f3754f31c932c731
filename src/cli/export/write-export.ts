import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Incoming } from '../api/open-stream.js';
import type { Connection } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import type { Contents } from './contents.js';
import { fetchTexts } from './fetch-texts.js';
import { findFfmpeg } from './find-ffmpeg.js';
import { mux } from './mux.js';
import { openMp4 } from './open-mp4.js';
import type { WaitListener } from './waiting.js';

/** Who is told how it gets on. */
export interface Listener {
  /** What comes passes through it. */
  readonly watch: (pieces: Incoming) => AsyncIterable<Buffer>;
  readonly waits: WaitListener;
}

/** Into a file that can be gone back in: by ffmpeg, so that it is one like any other. */
export async function writeExport(
  contents: Contents,
  path: string | undefined,
  connection: Connection,
  deps: Deps,
  { watch, waits }: Listener,
): Promise<void> {
  const { video, sounds, texts, container, name } = contents;
  const ffmpeg = await findFfmpeg(deps);
  const directory = await mkdtemp(join(tmpdir(), 'kdrama-export-'));
  try {
    const files = await fetchTexts(connection.api, video.id, texts, { container, directory });
    const pieces = await openMp4(contents, connection, deps, waits);
    const request = { container, path, video, sounds, texts: files };
    await mux(request, watch(pieces), { ...deps, ffmpeg, name });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * To standard output. An MP4 without subtitles comes from the daemon in pieces, as a pipe wants it, and needs no
 * ffmpeg. A reader that has enough has aborted the signal: no error, but not all was written.
 */
export async function pipeExport(
  contents: Contents,
  connection: Connection,
  deps: Deps,
  listener: Listener,
): Promise<void> {
  const { stdout, signal } = deps;
  const isReady = contents.container === 'mp4' && contents.texts.length === 0;
  if (!isReady) return writeExport(contents, undefined, connection, deps, listener);
  try {
    const pieces = await openMp4(contents, connection, deps, listener.waits);
    await pipeline(pieces, stdout, { end: false });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
