/** What the master playlist says of a rendition, against its init segment: RFC 6381, RFC 8216bis 4.4.6.2. */
import { findBox, readBoxes, requireBox, type Box } from '../../../src/daemon/media/fmp4/boxes.js';
import { pictureHeaderOf } from '../../../src/daemon/media/fmp4/picture-header.js';
import {
  iFrameStreamsOf,
  mediaOf,
  playlistsOf,
  trackOf,
  variantsOf,
  type FetchedEpisode,
  type FetchedPlaylist,
} from './episode.js';
import { mediaFactsOf } from './media-facts.js';
import { orUnreadable, where, type Rule } from './rule.js';

interface Entry {
  readonly bytes: Buffer;
  readonly entry: Box;
}

function entryOf({ init }: FetchedPlaylist): Entry {
  const bytes = init?.bytes ?? Buffer.alloc(0);
  const stsd = requireBox(bytes, { body: 0, end: bytes.length }, [
    ...['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'],
  ]);
  const [entry] = readBoxes(bytes, stsd.body + 8, stsd.end);
  if (entry === undefined) throw new RangeError('has an init segment without a sample entry');
  return { bytes, entry };
}

/** Behind the fields of an AudioSampleEntry. */
const audioFields = 28;
/** Behind the version, the descriptors' headers and what stands before the AudioSpecificConfig. */
function specificConfig({ bytes, entry }: Entry): Buffer {
  const esds = requireBox(bytes, { body: entry.body + audioFields, end: entry.end }, ['esds']);
  const at = bytes.indexOf(Buffer.of(0x40, 0x15), esds.body);
  // DecoderConfigDescriptor has 13 bytes; then tag 5 and its length, in one byte or in four.
  const tag = bytes.indexOf(0x05, at + 13);
  const length = bytes[tag + 1] === 0x80 ? 4 : 1;
  return bytes.subarray(tag + 1 + length, tag + 3 + length);
}

function soundCodec(entry: Entry): string {
  const name = entry.entry.type;
  if (name !== 'mp4a') return name;
  return `mp4a.40.${(specificConfig(entry)[0] ?? 0) >> 3}`;
}

/** undefined: the entry does not say. */
function channelsOf(entry: Entry): number | undefined {
  if (entry.entry.type !== 'mp4a') return undefined;
  const configuration = ((specificConfig(entry)[1] ?? 0) >> 3) & 0xf;
  return configuration === 0 ? undefined : configuration === 7 ? 8 : configuration;
}

function pictureCodec(playlist: FetchedPlaylist): string {
  const bytes = playlist.init?.bytes ?? Buffer.alloc(0);
  const moov = findBox(bytes, { body: 0, end: bytes.length }, ['moov']);
  return (moov && pictureHeaderOf(bytes.subarray(moov.start, moov.end))?.codecs) ?? 'unknown';
}

function soundsOf(episode: FetchedEpisode, group: string | undefined): FetchedPlaylist[] {
  const uris = mediaOf(episode, 'AUDIO')
    .filter((track) => track.get('GROUP-ID') === group)
    .map((track) => track.get('URI'));
  return playlistsOf(episode, 'sound').filter(({ uri }) => uris.includes(uri));
}

/** Of the streams of pictures, with what the master playlist says of them. */
function ofPictures(
  episode: FetchedEpisode,
  check: (
    playlist: FetchedPlaylist,
    attribute: (name: string) => string,
    group?: string,
  ) => string[],
): string[] {
  return [...variantsOf(episode), ...iFrameStreamsOf(episode)].flatMap(({ attributes, uri }) => {
    const playlist = episode.playlists.find((each) => each.uri === uri);
    if (playlist === undefined) return [`${uri} cannot be had`];
    const attribute = (name: string) => attributes.get(name) ?? '';
    return orUnreadable(uri, () => check(playlist, attribute, attributes.get('AUDIO')));
  });
}

export const codecRules: readonly Rule[] = [
  {
    name: 'CODECS names what init segments hold, of the picture and of every sound of its group',
    check: (episode) =>
      ofPictures(episode, (playlist, attribute, group) => {
        const said = attribute('CODECS').split(',');
        const picture = pictureCodec(playlist);
        const sounds = [
          ...new Set(soundsOf(episode, group).map((each) => soundCodec(entryOf(each)))),
        ];
        // AV1 may say of its colours, too, what its box does not.
        const isPicture = said[0] === picture || (said[0] ?? '').startsWith(`${picture}.`);
        return [
          ...where(!isPicture, `${playlist.uri} is ${picture}, not ${said[0]}`),
          ...where(
            said.slice(1).toSorted().join() !== sounds.toSorted().join(),
            `${playlist.uri} has sound in ${sounds.join()}, not ${said.slice(1).join()}`,
          ),
        ];
      }),
  },
  {
    name: 'RESOLUTION is what the init segment says',
    check: (episode) =>
      ofPictures(episode, (playlist, attribute) => {
        const { bytes, entry } = entryOf(playlist);
        const size = `${bytes.readUInt16BE(entry.body + 24)}x${bytes.readUInt16BE(entry.body + 26)}`;
        return where(attribute('RESOLUTION') !== size, `${playlist.uri} is ${size}`);
      }),
  },
  {
    name: 'FRAME-RATE is no less than the mean of what is there',
    check: (episode) =>
      ofPictures(episode, (playlist, attribute) => {
        if (playlist.kind !== 'picture') return [];
        const samples = playlist.segments.flatMap((each) => mediaFactsOf(playlist, each).samples);
        const times = samples.map(({ pts }) => pts).toSorted((one, other) => one - other);
        const ticks = (times.at(-1) ?? 0) - (times[0] ?? 0);
        const rate = ((times.length - 1) * trackOf(playlist).timescale) / ticks;
        // What an edit list hides at the end of a short clip was counted, too.
        return where(rate > Number(attribute('FRAME-RATE')) * 1.02, `${playlist.uri} has ${rate}`);
      }),
  },
  {
    name: 'CHANNELS is what the init segment says',
    check: (episode) =>
      mediaOf(episode, 'AUDIO').flatMap((track) => {
        const playlist = playlistsOf(episode, 'sound').find(({ uri }) => uri === track.get('URI'));
        if (playlist === undefined) return [`${track.get('URI')} cannot be had`];
        return orUnreadable(playlist.uri, () => {
          const channels = channelsOf(entryOf(playlist)) ?? Number(track.get('CHANNELS'));
          return where(
            String(channels) !== track.get('CHANNELS'),
            `${playlist.uri} has ${channels}`,
          );
        });
      }),
  },
];
