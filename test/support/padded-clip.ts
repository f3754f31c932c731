import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { episodeClip, makeClip } from './clips.js';

export const paddedClip = { ...episodeClip, seconds: 12, size: '320x180' as const };

/** An MP4 that plays and takes a while to send: what follows its last box is ignored. */
export async function makePaddedClip(path: string, megabytes: number): Promise<void> {
  const episode = await makeClip(paddedClip);
  execFileSync('ffmpeg', ['-v', 'error', '-i', episode, '-map', '0:v', '-c', 'copy', path]);
  const box = Buffer.alloc(8);
  box.writeUInt32BE(megabytes * 1024 * 1024);
  box.write('free', 4, 'latin1');
  appendFileSync(path, Buffer.concat([box, randomBytes(megabytes * 1024 * 1024 - 8)]));
}
