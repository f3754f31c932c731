import type { SourceStream } from '../source/inspect.js';

/** Why a picture or a sound is copied or encoded, for people (`kdrama status JOB`). */
export interface Choice {
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
}

export function encoded(reason: string): Choice {
  return { method: 'encoded', reason };
}

/** What a rendition of sound is to be. */
export interface WantedSound {
  readonly pictureSeconds: number;
  readonly startSeconds: number;
  readonly channels: 2 | 6;
  /** Whether 5.1 may be AC-3 and E-AC-3. */
  readonly keepsDolby: boolean;
}

/** AAC-LC at 44.1 or 48 kHz that covers the picture is what every player takes. */
export function chooseSound(stream: SourceStream, wanted: WantedSound): Choice {
  const form = chooseByForm(stream, wanted);
  if (form.method === 'encoded') return form;
  const { pictureSeconds, startSeconds } = wanted;
  const starts = (stream.start_time ?? startSeconds) - startSeconds;
  if (starts > 0.1) return encoded(`starts ${starts.toFixed(1)} s late`);
  const seconds = soundSeconds(stream);
  if (seconds !== undefined && starts + seconds < pictureSeconds - 1) {
    return encoded(`ends ${(pictureSeconds - starts - seconds).toFixed(1)} s early`);
  }
  return form;
}

function chooseByForm(stream: SourceStream, { channels, keepsDolby }: WantedSound): Choice {
  const codec = (stream.codec_name ?? 'unknown codec').toUpperCase();
  const isDolby = keepsDolby && channels === 6 && ['AC3', 'EAC3'].includes(codec);
  if (codec !== 'AAC' && !isDolby) return encoded(codec);
  if (codec === 'AAC' && stream.profile !== 'LC') {
    return encoded(`AAC ${stream.profile ?? 'of unknown profile'}`);
  }
  if (stream.channels !== channels) return encoded(channelWords(stream.channels ?? 0));
  if (channels === 6 && !stream.channel_layout?.startsWith('5.1')) {
    return encoded(`channels ${stream.channel_layout ?? 'of unknown places'}`);
  }
  if (!(isDolby ? [48_000] : [44_100, 48_000]).includes(stream.sample_rate ?? 0)) {
    return encoded(`${stream.sample_rate ?? 0} Hz`);
  }
  const name = isDolby ? codec : 'AAC-LC';
  return { method: 'copied', reason: `${name} ${channels === 2 ? 'stereo' : '5.1'}` };
}

function channelWords(channels: number): string {
  return { 1: 'mono', 6: '5.1', 8: '7.1' }[channels] ?? `${channels} channels`;
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
