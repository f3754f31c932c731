import { inputArguments } from '../input.js';

/**
 * The most typical of a few key frames from a tenth into the video, 640 pixels wide, as JPEG to
 * file descriptor 3. Not the first frame, which is often black.
 */
export function posterArguments(source: string, stream: number, durationSeconds: number): string[] {
  return [
    ...['-v', 'error', '-nostdin', '-skip_frame', 'nokey'],
    ...inputArguments(source, { seekSeconds: durationSeconds / 10 }),
    ...['-map', `0:${stream}`, '-vf', 'thumbnail=6,scale=640:-2:flags=bicubic,format=yuvj420p'],
    ...['-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:3'],
  ];
}
