import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where everything lies. Paths are made of our own ids and names only; what a client calls a file
 * never becomes a part of one.
 */
export function homeLayout(home: string, mediaDirectory = join(home, 'media')) {
  const video = (videoId: string) => join(mediaDirectory, 'videos', videoId);
  const plan = (videoId: string, planId: string) => join(video(videoId), planId);
  return {
    home,
    database: join(home, 'kdrama.db'),
    lock: join(home, 'daemon.lock'),
    /** JSON {pid, url, version, instanceId} of the running daemon. */
    daemonFile: join(home, 'daemon.json'),
    log: join(home, 'daemon.log'),
    /** The local admin token, mode 0600. */
    token: join(home, 'token'),
    config: join(home, 'config.toml'),
    /** Which hardware encoders worked, of which ffmpeg and driver. */
    encoders: join(home, 'encoders.json'),
    media: mediaDirectory,
    uploads: join(mediaDirectory, 'uploads'),
    upload: (uploadId: string) => join(mediaDirectory, 'uploads', uploadId),
    videos: join(mediaDirectory, 'videos'),
    video,
    source: (videoId: string) => join(video(videoId), 'source'),
    /** A source that ffmpeg cannot seek exactly (TS, PS), remuxed to Matroska. */
    seekableSource: (videoId: string) => join(video(videoId), 'source.mkv'),
    poster: (videoId: string) => join(video(videoId), 'poster.jpg'),
    metadata: (videoId: string) => join(video(videoId), 'metadata.json'),
    /** Subtitle files that came beside it, a directory each. */
    subtitles: (videoId: string) => join(video(videoId), 'subtitles'),
    subtitle: (videoId: string, id: string) => join(video(videoId), 'subtitles', id),
    /** A script (ASS) inside the source as it stands there, for players that draw its looks. */
    script: (videoId: string, stream: number) => join(video(videoId), scriptFileName(stream)),
    plan,
    rendition: (videoId: string, planId: string, name: string, version: number) =>
      join(plan(videoId, planId), `${name}-v${version}`),
    storyboard: (videoId: string, planId: string, version: string) =>
      join(plan(videoId, planId), storyboardName(version)),
    /** Each attempt of a task writes here and is renamed out of here, or removed. */
    attempts: join(mediaDirectory, 'attempts'),
    attempt: (attemptId: string) => join(mediaDirectory, 'attempts', attemptId),
  };
}
export type Layout = ReturnType<typeof homeLayout>;

/** File names inside a rendition's directory. */
export const initFileName = 'init.mp4';
export const subtitleFileName = 'cues.vtt';
/** And inside the directory of a subtitle file that came beside a video. */
export const subtitleOriginalName = 'original';
export function subtitleTrackName(track: number): string {
  return `${track}.vtt`;
}
export function scriptFileName(stream: number): string {
  return `script-${stream}.ass`;
}
/** The directory of a storyboard inside its plan's, and a sheet in there. */
export function storyboardName(version: string): string {
  return `storyboard-${version}`;
}
export function sheetFileName(number: number): string {
  return `${number}.jpg`;
}
export function segmentFileName(number: number): string {
  return `${number}.m4s`;
}

/** Makes the directories of a home, readable by their owner only. */
export function makeDirectories(layout: Layout): void {
  for (const directory of [layout.home, layout.media, layout.uploads, layout.videos]) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }
  mkdirSync(layout.attempts, { recursive: true, mode: 0o700 });
}
