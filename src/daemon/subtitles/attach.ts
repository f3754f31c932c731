import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { syncPath, syncPathNow } from '../durable-file.js';
import { subtitleOriginalName, subtitleTrackName } from '../layout.js';
import { writeWebVtt } from '../media/subtitle-formats/write-webvtt.js';
import type { Subtitle } from '../store/subtitles.js';
import type { SubtitleFile, SubtitleParts } from './context.js';
import { describeTracks } from './describe-tracks.js';
import { readSubtitles } from './read-subtitles.js';
import { removeDirectories } from './remove.js';

export interface Attached {
  readonly subtitle: Subtitle;
  readonly created: boolean;
  /** Ids of those whose place it takes. */
  readonly replaced: string[];
}

/** Enough for every language of a disc; more is a mistake, or somebody who means harm. */
const mostOfVideo = 100;

/**
 * Makes a subtitle file tracks of a video: its bytes and a WebVTT file of each track are on the disk
 * before the row is, and from then on every playlist of the video names them. The same again changes
 * nothing (`created: false`); one of the same name, or the same bytes read in another way (but not in
 * another language), takes the place of the earlier. Throws STREAM_VIDEO_NOT_FOUND,
 * SUBTITLE_ENCODING_UNKNOWN, SUBTITLE_INVALID, STORAGE_FULL.
 */
export async function attachSubtitle(
  parts: SubtitleParts,
  videoId: string,
  file: SubtitleFile,
): Promise<Attached> {
  const { store, layout, clock } = parts;
  const video = store.videos.find(videoId);
  if (video === undefined) throw new KdramaError('STREAM_VIDEO_NOT_FOUND', videoId);
  const described = describeTracks(file, video.filename);
  const read = readSubtitles(file.bytes, { ...file, language: described.language });
  const subtitle: Subtitle = {
    ...{ id: newId(), videoId, filename: file.filename.normalize('NFC') },
    ...{ sha256: createHash('sha256').update(file.bytes).digest('hex') },
    ...{ sizeBytes: file.bytes.length, format: read.format, encoding: read.encoding },
    ...{ tracks: described.of(read.tracks), createdAt: clock.now() },
  };
  const same = findSame(store.subtitles.ofVideo(videoId), subtitle);
  if (same !== undefined) return wasThere(same);
  const made = layout.attempt(newId());
  try {
    await write(made, [
      [subtitleOriginalName, file.bytes],
      ...read.tracks.map(
        ({ cues }, track) => [subtitleTrackName(track), Buffer.from(writeWebVtt(cues))] as const,
      ),
    ]);
    const attached = record(parts, subtitle, made);
    await removeDirectories(parts, videoId);
    return attached;
  } catch (error) {
    throw isFull(error) ? new KdramaError('STORAGE_FULL', undefined, { cause: error }) : error;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function write(
  directory: string,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const [name, bytes] of files) {
    await writeFile(join(directory, name), bytes, { mode: 0o600, flush: true });
  }
  await syncPath(directory);
}

/** The rename and the row are one step to all others: what no row names is swept at any time. */
function record(parts: SubtitleParts, subtitle: Subtitle, made: string): Attached {
  const { store, bus } = parts;
  const { videoId } = subtitle;
  return store.transaction(() => {
    if (store.videos.find(videoId) === undefined) {
      throw new KdramaError('STREAM_VIDEO_NOT_FOUND', videoId);
    }
    const present = store.subtitles.ofVideo(videoId);
    const same = findSame(present, subtitle);
    if (same !== undefined) return wasThere(same);
    const earlier = present.filter((other) => isEarlier(other, subtitle));
    if (present.length - earlier.length >= mostOfVideo) throw tooMany();
    putInPlace(parts, subtitle, made);
    for (const other of earlier) store.subtitles.remove(videoId, other.id);
    store.subtitles.insert(subtitle);
    store.afterCommit(() => bus.emit('video', { videoId }));
    return { subtitle, created: true, replaced: earlier.map(({ id }) => id) };
  });
}

function wasThere(subtitle: Subtitle): Attached {
  return { subtitle, created: false, replaced: [] };
}

function putInPlace({ layout }: SubtitleParts, { videoId, id }: Subtitle, made: string): void {
  // A video whose disk is away has no directory: one made now would hide it when it comes back.
  if (!existsSync(layout.video(videoId))) {
    throw new KdramaError('STREAM_NOT_READY', 'the disk of the library is away');
  }
  mkdirSync(layout.subtitles(videoId), { recursive: true, mode: 0o700 });
  renameSync(made, layout.subtitle(videoId, id));
  syncPathNow(layout.subtitles(videoId));
  syncPathNow(layout.video(videoId));
}

function tooMany(): KdramaError {
  return new KdramaError('VALIDATION_FAILED', `a video has at most ${mostOfVideo} subtitle files`);
}

/** The same bytes, read in the same way. */
function findSame(present: readonly Subtitle[], subtitle: Subtitle): Subtitle | undefined {
  return present.find((other) => essenceOf(other) === essenceOf(subtitle));
}

function essenceOf({ sha256, encoding, tracks }: Subtitle): string {
  return JSON.stringify([sha256, encoding, tracks]);
}

function isEarlier(other: Subtitle, subtitle: Subtitle): boolean {
  const isSameFile = other.sha256 === subtitle.sha256 && !areForeign(other, subtitle);
  return other.filename === subtitle.filename || isSameFile;
}

/** Whether both say a language and not the same. */
function areForeign(some: Subtitle, others: Subtitle): boolean {
  return some.tracks.some(({ language }, n) => {
    const other = others.tracks[n]?.language ?? 'und';
    return language !== 'und' && other !== 'und' && language !== other;
  });
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
