/** Tracks beside the picture: RFC 8216bis 4.4.6.1, 4.4.6.1.1. */
import { mediaOf, variantsOf, type FetchedEpisode } from './episode.js';
import type { Attributes } from './playlist-text.js';
import { where, type Rule } from './rule.js';

const characteristics = [
  'public.accessibility.transcribes-spoken-dialog',
  'public.accessibility.describes-music-and-sound',
];

/** Everything in one group, by type and name of the group. */
function groupsOf(episode: FetchedEpisode): [string, Attributes[]][] {
  const all = [...mediaOf(episode, 'AUDIO'), ...mediaOf(episode, 'SUBTITLES')];
  const key = (track: Attributes) => `${track.get('TYPE')} ${track.get('GROUP-ID')}`;
  return [...new Set(all.map(key))].map((name) => [
    name,
    all.filter((track) => key(track) === name),
  ]);
}

/** A rule of each group of tracks; `check` says what is wrong with one. */
function ofGroups(name: string, check: (tracks: readonly Attributes[]) => string[]): Rule {
  return {
    name,
    check: (episode) =>
      groupsOf(episode).flatMap(([group, tracks]) =>
        check(tracks).map((words) => `${group}: ${words}`),
      ),
  };
}

function twice(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) < index);
}

export const renditionRules: readonly Rule[] = [
  {
    name: 'every group that a variant names is there, and every group is named',
    check: (episode) => {
      const named = variantsOf(episode).flatMap(({ attributes }) =>
        ['AUDIO', 'SUBTITLES'].flatMap((type) =>
          attributes.has(type) ? [`${type} ${attributes.get(type)}`] : [],
        ),
      );
      const present = groupsOf(episode).map(([name]) => name);
      return [
        ...named.filter((name) => !present.includes(name)).map((name) => `${name} is not there`),
        ...present
          .filter((name) => !named.includes(name))
          .map((name) => `${name} is in no variant`),
      ];
    },
  },
  {
    name: 'every variant has tracks of the same types',
    check: (episode) =>
      ['AUDIO', 'SUBTITLES'].flatMap((type) => {
        const having = variantsOf(episode).filter(({ attributes }) => attributes.has(type));
        return where(
          ![0, variantsOf(episode).length].includes(having.length),
          `some have no ${type}`,
        );
      }),
  },
  {
    name: 'all groups of sound have the same tracks',
    check: (episode) => {
      const sets = groupsOf(episode)
        .filter(([name]) => name.startsWith('AUDIO'))
        .map(([, tracks]) =>
          tracks.map((track) => `${track.get('NAME')}/${track.get('LANGUAGE')}`).join(', '),
        );
      return where(new Set(sets).size > 1, sets.join(' and '));
    },
  },
  ofGroups('no two tracks of a group have one name', (tracks) =>
    twice(tracks.map((track) => track.get('NAME') ?? '')),
  ),
  ofGroups('a group has one default at most, sound has one', (tracks) => {
    const count = tracks.filter((track) => track.get('DEFAULT') === 'YES').length;
    const isSound = tracks[0]?.get('TYPE') === 'AUDIO';
    return where(count > 1 || (isSound && count === 0), `${count} defaults`);
  }),
  ofGroups('what is the default may be chosen by itself', (tracks) =>
    tracks
      .filter((track) => track.get('DEFAULT') === 'YES' && track.get('AUTOSELECT') !== 'YES')
      .map((track) => `${track.get('NAME')} may not`),
  ),
  ofGroups('tracks that may be chosen by themselves can be told apart', (tracks) =>
    twice(
      tracks
        .filter((track) => track.get('AUTOSELECT') === 'YES')
        .map((track) =>
          ['LANGUAGE', 'FORCED', 'CHARACTERISTICS'].map((name) => track.get(name) ?? '').join(' '),
        ),
    ),
  ),
  ofGroups(
    'a track has NAME, DEFAULT, AUTOSELECT and URI, sound has CHANNELS, text has FORCED',
    (tracks) =>
      tracks.flatMap((track) =>
        [
          'NAME',
          'DEFAULT',
          'AUTOSELECT',
          'URI',
          track.get('TYPE') === 'AUDIO' ? 'CHANNELS' : 'FORCED',
        ]
          .filter((name) => !track.get(name))
          .map((name) => `${track.get('NAME')} has no ${name}`),
      ),
  ),
  ofGroups('DEFAULT, AUTOSELECT and FORCED are YES or NO', (tracks) =>
    tracks.flatMap((track) =>
      ['DEFAULT', 'AUTOSELECT', 'FORCED']
        .filter((name) => !['YES', 'NO'].includes(track.get(name) ?? 'NO'))
        .map((name) => `${track.get('NAME')} has ${name}=${track.get(name)}`),
    ),
  ),
  ofGroups('a language is a tag of BCP 47', (tracks) =>
    tracks
      .map((track) => track.get('LANGUAGE') ?? 'ko')
      .filter(
        (language) => !/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) || language === 'und',
      ),
  ),
  ofGroups('FORCED and CHARACTERISTICS are of text, and known', (tracks) =>
    tracks.flatMap((track) => {
      const isText = track.get('TYPE') === 'SUBTITLES';
      const marks = track.get('CHARACTERISTICS')?.split(',') ?? [];
      return [
        ...where(!isText && track.has('FORCED'), `${track.get('NAME')} is a sound that is forced`),
        ...marks.filter((mark) => !isText || !characteristics.includes(mark)),
      ];
    }),
  ),
];
