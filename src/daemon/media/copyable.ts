import { planSegments } from './plan.js';
import type { Packet } from './packets.js';
import type { SourceStream } from './inspect.js';

/** Why a picture or a sound is copied or encoded, for people (`kdrama status JOB`). */
export interface Choice {
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
}

const maxCopiedBitRate = 20_000_000;
const copyableProfiles = ['High', 'Main', 'Baseline', 'Constrained Baseline'];

function encoded(reason: string): Choice {
  return { method: 'encoded', reason };
}

/** From the headers alone: whether the H.264 picture is one that every player takes as it is. */
export function choosePictureByHeader(stream: SourceStream, bitRate: number): Choice {
  const codec = (stream.codec_name ?? 'unknown codec').toUpperCase();
  if (stream.codec_name !== 'h264') return encoded(codec === 'HEVC' ? 'HEVC' : codec);
  if (!copyableProfiles.includes(stream.profile ?? '')) {
    return encoded(`H.264 profile ${stream.profile ?? 'unknown'}`);
  }
  if (!['yuv420p', 'yuvj420p'].includes(stream.pix_fmt ?? '')) {
    return encoded(`pixel format ${stream.pix_fmt ?? 'unknown'}`);
  }
  if (hasSquarePixels(stream) === false) {
    return encoded(`pixel aspect ${stream.sample_aspect_ratio}`);
  }
  if (rotation(stream) !== 0) return encoded(`turned by ${rotation(stream)}°`);
  if (isInterlaced(stream)) return encoded('interlaced');
  if (bitRate > maxCopiedBitRate) return encoded(`${(bitRate / 1e6).toFixed(0)} Mbit/s`);
  return { method: 'copied', reason: `H.264 ${stream.profile}, 8 bit` };
}

/** The header's choice, confirmed by the packets: a copy can be cut only at IDR pictures. */
export function confirmByPackets(
  choice: Choice,
  packets: readonly Packet[],
  idrTicks: ReadonlySet<number>,
  { targetTicks, endTicks }: { targetTicks: number; endTicks: number },
): Choice {
  if (choice.method === 'encoded') return choice;
  if (packets.some((packet) => packet.ticks === undefined)) return encoded('no time stamps');
  const first = packets[0];
  if (first?.ticks === undefined || !idrTicks.has(first.ticks)) {
    return encoded('does not start with an IDR picture');
  }
  const candidates = [...idrTicks].toSorted((a, b) => a - b);
  const plan = planSegments({ candidates, preferred: [], endTicks }, targetTicks);
  const longest = longestSegment(plan);
  if (longest > 2 * targetTicks) {
    return encoded(`IDR pictures up to ${(longest / 90_000).toFixed(0)} s apart`);
  }
  return { method: 'copied', reason: `${choice.reason}, an IDR picture at every boundary` };
}

function longestSegment(boundaries: readonly number[]): number {
  return boundaries.reduce(
    (longest, end, index) => Math.max(longest, end - (boundaries[index - 1] ?? end)),
    0,
  );
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
  if (stream.channels !== channels) return encoded(`${stream.channels ?? 0} channels`);
  if (channels === 6 && !stream.channel_layout?.startsWith('5.1')) {
    return encoded(`channels ${stream.channel_layout ?? 'of unknown places'}`);
  }
  if (!(isDolby ? [48_000] : [44_100, 48_000]).includes(stream.sample_rate ?? 0)) {
    return encoded(`${stream.sample_rate ?? 0} Hz`);
  }
  const name = isDolby ? codec : 'AAC-LC';
  return { method: 'copied', reason: `${name} ${channels === 2 ? 'stereo' : '5.1'}` };
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

/** undefined when nobody says: then pixels are square. */
function hasSquarePixels(stream: SourceStream): boolean | undefined {
  const ratio = pixelAspect(stream);
  return ratio === undefined ? undefined : Math.abs(ratio - 1) < 0.001;
}

/** Width of a pixel over its height. */
export function pixelAspect(stream: SourceStream): number | undefined {
  const match = /^(\d+):(\d+)$/.exec(stream.sample_aspect_ratio ?? '');
  const ratio = match === null ? Number.NaN : Number(match[1]) / Number(match[2]);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** Degrees by which a player turns the picture: 0, 90, 180 or 270. */
export function rotation(stream: SourceStream): number {
  const degrees = stream.side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

export function isInterlaced(stream: SourceStream): boolean {
  return ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? '');
}
