import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const cache = fileURLToPath(new URL('../../node_modules/.cache/kdrama-clips/', import.meta.url));

export interface ClipTrack {
  /** ISO 639-2, as Matroska has it. */
  readonly language: string;
  readonly title: string;
}

/** A clip whose picture moves, and whose sound tracks have different tones. */
export interface Clip {
  readonly seconds: number;
  readonly size: `${number}x${number}`;
  readonly framesPerSecond: number;
  /** An ffmpeg source filter without size, rate and duration. */
  readonly picture: string;
  /** Filters that follow the source, each with its leading comma. */
  readonly effect?: string;
  /** ffmpeg's options for the picture, e.g. `['-c:v', 'libx264']`. */
  readonly videoOptions: readonly string[];
  readonly audioOptions: readonly string[];
  readonly audio: readonly ClipTrack[];
  readonly subtitles: readonly (ClipTrack & { readonly lines: readonly string[] })[];
}

/** What an episode of this size usually is: H.264, two AAC sounds, two SubRip tracks. */
export const episodeClip: Clip = {
  seconds: 60,
  size: '1920x1080',
  framesPerSecond: 24,
  picture: 'testsrc2',
  videoOptions: [
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'],
    ...['-b:v', '4M', '-maxrate', '6M', '-bufsize', '8M', '-g', '48'],
  ],
  audioOptions: ['-c:a', 'aac', '-b:a', '96k', '-ac', '2'],
  audio: [
    { language: 'kor', title: 'Korean' },
    { language: 'eng', title: 'English' },
  ],
  subtitles: [
    { language: 'kor', title: 'Korean', lines: ['안녕하세요', '비가 와요'] },
    { language: 'eng', title: 'English', lines: ['Hello', 'It is raining'] },
  ],
};

/** The path of a Matroska file like `clip`, made once by ffmpeg and kept for later runs. */
export async function makeClip(clip: Clip): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(clip)).digest('hex').slice(0, 16);
  const path = join(cache, `${hash}.mkv`);
  if (existsSync(path)) return path;
  const work = join(cache, `${hash}-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const made = join(work, 'clip.mkv');
    await promisify(execFile)('ffmpeg', [...clipArguments(clip, work), made]);
    renameSync(made, path);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return path;
}

function clipArguments(clip: Clip, work: string): string[] {
  const { seconds, size, framesPerSecond, audio, subtitles } = clip;
  const picture = `${clip.picture}=size=${size}:rate=${framesPerSecond}${clip.effect ?? ''}`;
  const tones = audio.flatMap((_, index) => lavfi(`sine=f=${330 * (index + 1)}:r=48000`));
  const words = subtitles.flatMap(({ language, lines }) => {
    const file = join(work, `${language}.srt`);
    writeFileSync(file, subRip(lines, seconds));
    return ['-i', file];
  });
  const inputs = 1 + audio.length + subtitles.length;
  return [
    ...['-v', 'error', '-y', ...lavfi(picture), ...tones, ...words],
    ...Array.from({ length: inputs }, (_, index) => ['-map', String(index)]).flat(),
    ...clip.videoOptions,
    ...clip.audioOptions,
    ...['-c:s', 'srt', '-t', String(seconds)],
    ...audio.flatMap((track, index) => tags(`s:a:${index}`, track)),
    ...subtitles.flatMap((track, index) => tags(`s:s:${index}`, track)),
  ];
}

function lavfi(filter: string): string[] {
  return ['-f', 'lavfi', '-i', filter];
}

function tags(stream: string, { language, title }: ClipTrack): string[] {
  return [`-metadata:${stream}`, `language=${language}`, `-metadata:${stream}`, `title=${title}`];
}

/** One cue every 5 s, 4 s long. */
function subRip(lines: readonly string[], seconds: number): string {
  const cues = Array.from({ length: Math.floor(seconds / 5) }, (_, index) => {
    const text = lines[index % lines.length] ?? '';
    return `${index + 1}\n${stamp(index * 5)} --> ${stamp(index * 5 + 4)}\n${text}\n`;
  });
  return cues.join('\n');
}

function stamp(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(11, 19)},000`;
}
