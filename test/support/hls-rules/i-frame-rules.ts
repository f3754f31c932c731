/** I-frame playlists: RFC 8216bis 4.4.3.6 and 4.4.6.3; Apple's authoring specification 6. */
import {
  iFrameStreamsOf,
  playlistsOf,
  variantsOf,
  type FetchedEpisode,
  type FetchedPlaylist,
} from './episode.js';
import { firstSampleRange } from '../../../src/daemon/media/fmp4/first-sample.js';
import { tagsOf } from './playlist-text.js';
import { orUnreadable, where, type Rule } from './rule.js';

const directoryOf = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));

/** The I-frame playlists, each with that of all pictures. */
function pairs(episode: FetchedEpisode): [FetchedPlaylist, FetchedPlaylist | undefined][] {
  const pictures = playlistsOf(episode, 'picture');
  return playlistsOf(episode, 'i-frames').map((playlist) => [
    playlist,
    pictures.find(({ uri }) => directoryOf(uri) === directoryOf(playlist.uri)),
  ]);
}

export const iFrameRules: readonly Rule[] = [
  {
    name: 'every picture has its I-frames, which are of the same kind',
    check: (episode) => {
      const streams = iFrameStreamsOf(episode);
      return variantsOf(episode).flatMap(({ uri, attributes }) => {
        const stream = streams.find(
          (each) => directoryOf(each.uri) === directoryOf(uri),
        )?.attributes;
        if (stream === undefined) return [`${uri} has none`];
        const codec = attributes.get('CODECS')?.split(',')[0];
        return [
          ...['RESOLUTION', 'VIDEO-RANGE'].flatMap((name) =>
            where(stream.get(name) !== attributes.get(name), `${uri} has others of ${name}`),
          ),
          ...where(
            stream.get('CODECS') !== codec,
            `${uri} has I-frames in ${stream.get('CODECS')}`,
          ),
          ...['AUDIO', 'SUBTITLES', 'FRAME-RATE'].flatMap((name) =>
            where(stream.has(name), `${uri} has I-frames with ${name}`),
          ),
        ];
      });
    },
  },
  {
    name: 'an I-frame playlist says so, has the same init segment, and names every segment',
    check: (episode) =>
      pairs(episode).flatMap(([playlist, pictures]) => {
        const { uri, text, segments } = playlist;
        const names = (of: FetchedPlaylist | undefined) =>
          of?.segments.map((each) => each.uri).join();
        return [
          ...where(tagsOf(text, 'EXT-X-I-FRAMES-ONLY').length !== 1, `${uri} does not say so`),
          ...where(playlist.init?.uri !== pictures?.init?.uri, `${uri} has another init segment`),
          ...where(names(playlist) !== names(pictures), `${uri} has other segments`),
          ...where(
            segments.some(({ range }) => range === undefined),
            `${uri} has no range of one`,
          ),
        ];
      }),
  },
  {
    name: 'the range of an I-frame holds the head of its segment and the first picture, no more',
    check: (episode) =>
      pairs(episode).flatMap(([{ uri, segments }, pictures]) =>
        segments.flatMap((segment, number) =>
          orUnreadable(`${uri}: ${segment.uri}`, () => {
            const whole = pictures?.segments[number]?.bytes ?? Buffer.alloc(0);
            const { end } = firstSampleRange(whole);
            const { length = 0, offset = 0 } = segment.range ?? {};
            const isRight =
              offset === 0 && length === end && segment.bytes.equals(whole.subarray(0, end));
            return where(!isRight, `${uri}: ${segment.uri} is ${length}@${offset}, not ${end}@0`);
          }),
        ),
      ),
  },
];
