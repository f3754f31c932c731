/** Media playlists: RFC 8216bis 4.4.3, 4.4.4, 6.2.4. */
import { playlistsOf, type FetchedEpisode, type FetchedPlaylist } from './episode.js';
import { tagsOf, uriLines } from './playlist-text.js';
import { where, type Rule } from './rule.js';

/** A rule of every media playlist; `check` says what is wrong with one. */
function ofPlaylists(name: string, check: (playlist: FetchedPlaylist) => string[]): Rule {
  return {
    name,
    check: ({ playlists }) =>
      playlists.flatMap((playlist) => check(playlist).map((words) => `${playlist.uri} ${words}`)),
  };
}

const targetOf = ({ text }: FetchedPlaylist) => tagsOf(text, 'EXT-X-TARGETDURATION').join();
const durationsOf = ({ text }: FetchedPlaylist) => tagsOf(text, 'EXTINF');

function longest(episode: FetchedEpisode): FetchedPlaylist | undefined {
  return playlistsOf(episode, 'picture').toSorted(
    (a, b) => b.segments.length - a.segments.length,
  )[0];
}

export const mediaPlaylistRules: readonly Rule[] = [
  ofPlaylists(
    'a playlist is a whole one that never changes: VOD, from segment 0 to ENDLIST',
    ({ text }) => [
      ...where(tagsOf(text, 'EXT-X-PLAYLIST-TYPE').join() !== 'VOD', 'is not VOD'),
      ...where(
        tagsOf(text, 'EXT-X-MEDIA-SEQUENCE').join() !== '0',
        'does not begin with segment 0',
      ),
      ...where(!text.endsWith('\n#EXT-X-ENDLIST\n'), 'has no end'),
      ...where(tagsOf(text, 'EXT-X-DISCONTINUITY').length > 0, 'is interrupted'),
    ],
  ),
  ofPlaylists(
    'the target duration is a whole number that no rounded duration exceeds',
    (playlist) => {
      const target = targetOf(playlist);
      return [
        ...where(!/^[1-9]\d*$/.test(target), `has TARGETDURATION ${target}`),
        ...durationsOf(playlist)
          .filter((duration) => Math.round(Number.parseFloat(duration)) > Number(target))
          .map((duration) => `has a segment of ${duration}`),
      ];
    },
  ),
  {
    name: 'pictures and sounds have one target duration',
    check: (episode) => {
      const targets = new Set(playlistsOf(episode, 'picture', 'sound').map(targetOf));
      return where(targets.size > 1, [...targets].join(' and '));
    },
  },
  ofPlaylists('every segment has a duration, in decimals', (playlist) => {
    const durations = durationsOf(playlist);
    return [
      ...where(durations.length !== uriLines(playlist.text).length, 'has segments without one'),
      ...durations
        .filter((value) => !/^\d+\.\d+,$/.test(value))
        .map((value) => `has EXTINF ${value}`),
    ];
  }),
  {
    name: 'all renditions have the same boundaries; sound may end earlier',
    check: (episode) => {
      const expected = durationsOf(longest(episode) ?? ({ text: '' } as FetchedPlaylist));
      return episode.playlists.flatMap((playlist) => {
        const durations = durationsOf(playlist);
        const same = playlist.kind === 'sound' ? expected.slice(0, durations.length) : expected;
        return where(durations.join() !== same.join(), `${playlist.uri} has others`);
      });
    },
  },
  ofPlaylists(
    'an init segment stands before the first segment of media, of text there is none',
    (playlist) => {
      const { kind, text, init } = playlist;
      const maps = tagsOf(text, 'EXT-X-MAP');
      if (kind === 'text') return where(maps.length > 0, 'is text with an init segment');
      return [
        ...where(maps.length !== 1 || init === undefined, `has ${maps.length} of them`),
        ...where(text.indexOf('#EXT-X-MAP') > text.indexOf('#EXTINF'), 'has it behind a segment'),
      ];
    },
  ),
  ofPlaylists('no segment is empty, and none is there twice', ({ segments }) => {
    const uris = segments.map(({ uri }) => uri);
    return [
      ...where(segments.length === 0, 'has no segments'),
      ...segments
        .filter(({ bytes }) => bytes.length === 0)
        .map(({ uri }) => `has nothing in ${uri}`),
      ...where(new Set(uris).size < uris.length, 'has one twice'),
    ];
  }),
];
