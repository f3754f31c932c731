import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { playlistsOf, type FetchedEpisode } from './episode.js';

/** The first and the last I-frame of each playlist of which a decoder does not make one I picture. */
export async function undecodedIFrames(
  episode: FetchedEpisode,
  directory: string,
): Promise<string[]> {
  const broken: string[] = [];
  for (const { uri, init, segments } of playlistsOf(episode, 'i-frames')) {
    for (const segment of new Set([segments[0], segments.at(-1)])) {
      const bytes = Buffer.concat([
        init?.bytes ?? Buffer.alloc(0),
        segment?.bytes ?? Buffer.alloc(0),
      ]);
      const pictures = await decodedPictures(bytes, directory);
      if (pictures.join() !== 'I') broken.push(`${uri}: ${segment?.uri} is ${pictures.join()}`);
    }
  }
  return broken;
}

/** The type of each picture that a decoder makes of these bytes. */
export async function decodedPictures(bytes: Buffer, directory: string): Promise<string[]> {
  const path = join(directory, 'i-frame.mp4');
  await writeFile(path, bytes);
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'quiet', '-show_frames', '-show_entries', 'frame=pict_type', '-of', 'json', path],
  ]).catch((error: { stdout: string }) => error);
  const { frames = [] } = JSON.parse(stdout) as { frames?: { pict_type: string }[] };
  return frames.map((frame) => frame.pict_type);
}
