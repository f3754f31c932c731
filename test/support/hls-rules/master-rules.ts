/** The master playlist by itself: RFC 8216bis 4.4.6, Apple's authoring specification 9. */
import { iFrameStreamsOf, variantsOf } from './episode.js';
import { tagsOf, urisOf } from './playlist-text.js';
import { where, type Rule } from './rule.js';

const ofVariant = [
  ...['BANDWIDTH', 'AVERAGE-BANDWIDTH', 'CODECS', 'RESOLUTION', 'FRAME-RATE', 'VIDEO-RANGE'],
];
const ofIFrames = ['BANDWIDTH', 'AVERAGE-BANDWIDTH', 'CODECS', 'RESOLUTION', 'VIDEO-RANGE', 'URI'];
const playlistType = 'application/vnd.apple.mpegurl';

export const masterRules: readonly Rule[] = [
  {
    name: 'every playlist is UTF-8 text that begins with #EXTM3U and version 7',
    check: ({ master, playlists }) =>
      [{ uri: 'master', ...master }, ...playlists].flatMap(({ uri, text }) => [
        ...where(!text.startsWith('#EXTM3U\n'), `${uri} does not begin with #EXTM3U`),
        ...where(
          /[\p{Cc}\uFEFF\uFFFD]/u.test(text.replaceAll('\n', '')),
          `${uri} has control characters`,
        ),
        ...where(text !== text.normalize('NFC'), `${uri} is not in NFC`),
        ...where(tagsOf(text, 'EXT-X-VERSION').join() !== '7', `${uri} is not of version 7`),
      ]),
  },
  {
    name: 'every playlist promises independent segments',
    check: ({ master, playlists }) =>
      [{ uri: 'master', ...master }, ...playlists].flatMap(({ uri, text }) =>
        where(tagsOf(text, 'EXT-X-INDEPENDENT-SEGMENTS').length !== 1, `${uri} does not`),
      ),
  },
  {
    name: 'every file is of the type that it is called',
    check: ({ master, playlists }) => [
      ...where(master.contentType !== playlistType, `master is ${master.contentType}`),
      ...playlists.flatMap((playlist) => {
        const wanted = { sound: 'audio/mp4', text: 'text/vtt; charset=utf-8' };
        const { kind } = playlist;
        const expected = kind === 'sound' || kind === 'text' ? wanted[kind] : 'video/mp4';
        const files = [
          ...(playlist.init === undefined ? [] : [playlist.init]),
          ...playlist.segments,
        ];
        return [
          ...where(
            playlist.contentType !== playlistType,
            `${playlist.uri} is ${playlist.contentType}`,
          ),
          ...files.flatMap(({ uri, contentType }) =>
            where(contentType !== expected, `${playlist.uri}: ${uri} is ${contentType}`),
          ),
        ];
      }),
    ],
  },
  {
    name: 'every URI is relative, and stays below its playlist',
    check: ({ master, playlists }) =>
      [{ uri: 'master', text: master.text }, ...playlists].flatMap(({ uri, text }) =>
        urisOf(text)
          .filter((each) => !/^[A-Za-z0-9][\w./-]*$/.test(each) || each.includes('..'))
          .map((each) => `${uri} names ${each}`),
      ),
  },
  {
    name: 'every variant and I-frame stream has all that a player chooses by',
    check: (episode) => [
      ...where(variantsOf(episode).length === 0, 'there is no variant'),
      ...variantsOf(episode).flatMap(({ attributes, uri }) =>
        ofVariant.flatMap((name) => where(!attributes.has(name), `${uri} has no ${name}`)),
      ),
      ...iFrameStreamsOf(episode).flatMap(({ attributes, uri }) =>
        ofIFrames.flatMap((name) => where(!attributes.has(name), `${uri} has no ${name}`)),
      ),
    ],
  },
  {
    name: 'no variant is there twice',
    check: (episode) => {
      const keys = variantsOf(episode).map(
        ({ attributes, uri }) => `${uri} ${attributes.get('AUDIO')}`,
      );
      return keys.filter((key, index) => keys.indexOf(key) < index);
    },
  },
  {
    name: 'a frame rate has three decimals, a range is SDR, HLG or PQ',
    check: (episode) =>
      variantsOf(episode).flatMap(({ attributes, uri }) => {
        const [rate = '', range = ''] = [
          attributes.get('FRAME-RATE'),
          attributes.get('VIDEO-RANGE'),
        ];
        return [
          ...where(!/^\d+\.\d{3}$/.test(rate), `${uri} has FRAME-RATE ${rate}`),
          ...where(!['SDR', 'HLG', 'PQ'].includes(range), `${uri} has VIDEO-RANGE ${range}`),
        ];
      }),
  },
  {
    name: 'the first variant, which players begin with, is one that every player takes',
    check: (episode) => {
      const codecs = variantsOf(episode).map(({ attributes }) => attributes.get('CODECS') ?? '');
      const isUniversal = (each = '') => each.startsWith('avc1.');
      return where(codecs.some(isUniversal) && !isUniversal(codecs[0]), `it is ${codecs[0]}`);
    },
  },
];
