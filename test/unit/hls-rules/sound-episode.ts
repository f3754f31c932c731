/** An episode that keeps every rule, made of our own playlists and segments, to be broken by tests. */
import { uint32, writeBox, writeFullBox } from '../../../src/daemon/media/fmp4/boxes.js';
import { firstSampleRange } from '../../../src/daemon/media/fmp4/first-sample.js';
import type { Sample } from '../../../src/daemon/media/fmp4/samples.js';
import { writeSegment } from '../../../src/daemon/media/fmp4/segment.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import type { Measured } from '../../../src/daemon/streaming/bit-rates.js';
import { cueSegment } from '../../../src/daemon/streaming/cue-segment.js';
import { iFramePlaylist } from '../../../src/daemon/streaming/i-frame-playlist.js';
import { masterPlaylist } from '../../../src/daemon/streaming/master-playlist.js';
import { mediaPlaylist } from '../../../src/daemon/streaming/media-playlist.js';
import { playlistUri } from '../../../src/daemon/streaming/playlist-uris.js';
import { presentationOf } from '../../../src/daemon/streaming/presentation.js';
import { parseWebVtt } from '../../../src/daemon/streaming/webvtt.js';
import type { FetchedEpisode, FetchedPlaylist } from '../../support/hls-rules/episode.js';
import { picture, planOf, sound, subtitle } from '../streaming/fixtures.js';

const plan = planOf(0, 6, 12, 15);
const ticksPerSecond = 90_000;
const framesPerSecond = 25;
const sampleRate = 48_000;
const playlistType = 'application/vnd.apple.mpegurl';

const pictures = [picture(360, {}, { frameRate: framesPerSecond, reorderTicks: 0 })].concat(
  picture(720, { position: 1 }, { frameRate: framesPerSecond, reorderTicks: 0 }),
);
const sounds = [
  sound(0, { isDefault: true }),
  sound(1, { language: 'en', label: 'English' }),
  sound(0, { isDefault: true, channels: 6, stream: 1 }, { name: 'audio-0-surround' }),
];
const texts = [
  subtitle(0),
  {
    ...subtitle(1),
    traits: { ...subtitle(1).traits, language: 'en', label: 'English', isSdh: true },
  },
];

/** Unit of H.264: an IDR picture or another one, `size` bytes behind the length. */
function unit(isKey: boolean, size: number): Uint8Array {
  const bytes = Buffer.alloc(4 + size, isKey ? 0x65 : 0x41);
  bytes.writeUInt32BE(size);
  return bytes;
}

function pictureSegment(number: number, height: number): Buffer {
  const [start = 0, end = 0] = plan.boundaries.slice(number);
  const duration = ticksPerSecond / framesPerSecond;
  const samples = Array.from({ length: (end - start) / duration }, (_, index): Sample => {
    const data = unit(index === 0, index === 0 ? height * 4 : height);
    return { pts: start + index * duration, duration, isSync: index === 0, data };
  });
  return writeSegment(number + 1, samples, end);
}

function soundSegment(number: number): Buffer {
  const [from = 0, to = 0] = plan.boundaries
    .slice(number)
    .map((ticks) => Math.round((ticks / ticksPerSecond) * (sampleRate / 1024)));
  const samples = Array.from({ length: to - from }, (_, index): Sample => {
    return { pts: (from + index) * 1024, duration: 1024, isSync: true, data: Buffer.alloc(300) };
  });
  return writeSegment(number + 1, samples, to * 1024);
}

function init(timescale: number, entry: Buffer): Buffer {
  const mdhd = writeFullBox('mdhd', 0, 0, uint32(0, 0, timescale, 0, 0));
  const stsd = writeFullBox('stsd', 0, 0, uint32(1), entry);
  const mdia = writeBox('mdia', mdhd, writeBox('minf', writeBox('stbl', stsd)));
  const mvex = writeBox('mvex', writeFullBox('trex', 0, 0, uint32(1, 1, 0, 0, 0)));
  return writeBox('moov', writeBox('trak', mdia), mvex);
}

function pictureInit({ width, height }: { width: number; height: number }): Buffer {
  const fields = Buffer.alloc(78);
  fields.writeUInt16BE(width, 24);
  fields.writeUInt16BE(height, 26);
  const avcC = writeBox('avcC', Buffer.of(1, 0x64, 0, 0x1f, 0xff, 0xe0, 0));
  return init(ticksPerSecond, writeBox('avc1', fields, avcC));
}

/** AAC-LC at 48 kHz. */
function soundInit(channels: number): Buffer {
  const configuration = Buffer.of((2 << 3) | (3 >> 1), ((3 & 1) << 7) | (channels << 3));
  const decoder = Buffer.concat([Buffer.of(4, 17, 0x40, 0x15), Buffer.alloc(11), Buffer.of(5, 2)]);
  const esds = writeFullBox('esds', 0, 0, Buffer.of(3, 24, 0, 1, 0), decoder, configuration);
  return init(sampleRate, writeBox('mp4a', Buffer.alloc(28), esds));
}

const track = parseWebVtt(
  'WEBVTT\n\n00:05.000 --> 00:07.000\n안녕\n\n00:13.000 --> 00:14.000\nend\n',
);

function fetched(row: Rendition): FetchedPlaylist {
  const { traits } = row;
  const kind = { video: 'picture', audio: 'sound', subtitle: 'text' } as const;
  const type = { video: 'video/mp4', audio: 'audio/mp4', subtitle: 'text/vtt; charset=utf-8' };
  const contentType = type[traits.kind];
  const initBytes =
    traits.kind === 'video'
      ? pictureInit(traits)
      : traits.kind === 'audio'
        ? soundInit(traits.channels)
        : undefined;
  const bytesOf = (number: number) => {
    const [start = 0, end = 0] = plan.boundaries.slice(number);
    if (traits.kind === 'video') return pictureSegment(number, traits.height);
    if (traits.kind === 'audio') return soundSegment(number);
    return Buffer.from(cueSegment(track, start, end));
  };
  return {
    ...{ kind: kind[traits.kind], uri: playlistUri(row), contentType: playlistType },
    text: mediaPlaylist(plan, row),
    init: initBytes && { uri: 'init.mp4', contentType, bytes: initBytes },
    segments: [6, 6, 3].map((duration, number) => ({
      ...{ uri: `${number}.${traits.kind === 'subtitle' ? 'vtt' : 'm4s'}`, contentType },
      ...{ bytes: bytesOf(number), duration, range: undefined },
    })),
  };
}

function iFramesOf(playlist: FetchedPlaylist): FetchedPlaylist {
  const lengths = playlist.segments.map(({ bytes }) => firstSampleRange(bytes).end);
  return {
    ...playlist,
    kind: 'i-frames',
    uri: playlist.uri.replace('playlist', 'i-frames'),
    text: iFramePlaylist(plan, lengths),
    segments: playlist.segments.map((segment, number) => {
      const length = lengths[number] ?? 0;
      return { ...segment, bytes: segment.bytes.subarray(0, length), range: { length, offset: 0 } };
    }),
  };
}

export function soundEpisode(): FetchedEpisode {
  const rows = [...pictures, ...sounds, ...texts];
  const playlists = rows.map(fetched);
  const measured = new Map(
    rows.map(({ id }, index): [string, Measured] => {
      const segments = playlists[index]?.segments ?? [];
      const isPicture = index < pictures.length;
      return [
        id,
        {
          sizes: segments.map(({ bytes }) => bytes.length),
          iFrames: isPicture ? segments.map(({ bytes }) => firstSampleRange(bytes).end) : undefined,
        },
      ];
    }),
  );
  return {
    master: {
      contentType: playlistType,
      text: masterPlaylist(presentationOf(plan, rows), measured),
    },
    playlists: [...playlists, ...playlists.slice(0, pictures.length).map(iFramesOf)],
  };
}
