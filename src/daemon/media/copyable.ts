import type { SourceStream } from './inspect.js';

/** Why a picture or a sound is copied or encoded, for people (`kdrama status JOB`). */
export interface Choice {
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
}

function encoded(reason: string): Choice {
  return { method: 'encoded', reason };
}

/** AAC-LC stereo at 44.1 or 48 kHz that covers the picture is what every player takes. */
export function chooseSound(
  stream: SourceStream,
  pictureSeconds: number,
  startSeconds: number,
): Choice {
  const codec = (stream.codec_name ?? 'unknown codec').toUpperCase();
  if (stream.codec_name !== 'aac') return encoded(codec);
  if (stream.profile !== 'LC') return encoded(`AAC ${stream.profile ?? 'of unknown profile'}`);
  if (stream.channels !== 2) return encoded(`${stream.channels ?? 0} channels`);
  if (![44_100, 48_000].includes(stream.sample_rate ?? 0)) {
    return encoded(`${stream.sample_rate ?? 0} Hz`);
  }
  const starts = (stream.start_time ?? startSeconds) - startSeconds;
  if (starts > 0.1) return encoded(`starts ${starts.toFixed(1)} s late`);
  const seconds = soundSeconds(stream);
  if (seconds !== undefined && starts + seconds < pictureSeconds - 1) {
    return encoded(`ends ${(pictureSeconds - starts - seconds).toFixed(1)} s early`);
  }
  return { method: 'copied', reason: 'AAC-LC stereo' };
}

/** Seconds of sound as the container says: MP4 by stream, Matroska by a tag `01:02:03.000`. */
export function soundSeconds(stream: SourceStream): number | undefined {
  if (stream.duration !== undefined) return stream.duration;
  const tag = Object.entries(stream.tags).find(([name]) => name.startsWith('DURATION'))?.[1];
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)/.exec(tag ?? '');
  return match === null
    ? undefined
    : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}
