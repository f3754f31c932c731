import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * How many frames of the first picture stream decode, counted by ffprobe.
 * @param {string} ffprobe
 * @param {string} file
 * @returns {Promise<number>}
 */
export async function countFrames(ffprobe, file) {
  const { stdout } = await execute(ffprobe, [
    ...['-v', 'error', '-select_streams', 'v:0', '-count_frames'],
    ...['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', `file:${file}`],
  ]);
  return Number.parseInt(stdout, 10);
}
