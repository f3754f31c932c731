import { writeFile } from 'node:fs/promises';
import { ffmpeg } from './worker-bench.js';

export interface ClipChapter {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

/** Copies a file with chapters to where its name says: `.mkv` or `.mp4`. */
export async function addChapters(
  source: string,
  target: string,
  chapters: readonly ClipChapter[],
  options: readonly string[] = [],
): Promise<void> {
  const metadata = `${target}.ffmetadata`;
  const blocks = chapters.map(({ start, end, title }) =>
    [
      ...['[CHAPTER]', 'TIMEBASE=1/1000', `START=${start * 1000}`, `END=${end * 1000}`],
      `title=${title.replaceAll(/[=;#\\\n]/g, String.raw`\$&`)}`,
    ].join('\n'),
  );
  await writeFile(metadata, `${[';FFMETADATA1', ...blocks].join('\n')}\n`);
  const inputs = ['-i', source, '-i', metadata, '-map', '0', '-map_chapters', '1'];
  await ffmpeg(...inputs, '-c', 'copy', ...options, target);
}
