import { describe, expect, test } from 'vitest';
import { iso6392 } from '../../../src/shared/iso-639-2.js';
import { chooseTracks } from '../../../src/shared/track-choice.js';

const tracks = [
  { name: 'audio-0', language: 'ko' },
  { name: 'audio-1', language: 'en' },
  { name: 'audio-2', language: 'zh-Hant' },
  { name: 'audio-3', language: 'en' },
  { name: 'audio-4', language: 'und' },
];

function chosen(wanted: string): readonly string[] | string {
  const choice = chooseTracks(tracks, wanted);
  return 'unknown' in choice ? choice.unknown : choice.tracks.map(({ name }) => name);
}

describe('tracks that somebody names', () => {
  test.each([
    ['all', ['audio-0', 'audio-1', 'audio-2', 'audio-3', 'audio-4']],
    ['none', []],
    ['en', ['audio-1', 'audio-3']],
    ['en,ko', ['audio-1', 'audio-3', 'audio-0']],
    ['ko, Korean ,kor', ['audio-0']],
    ['audio-3,en', ['audio-3', 'audio-1']],
    ['zh', ['audio-2']],
    ['und', ['audio-4']],
  ])('%s', (wanted, names) => expect(chosen(wanted)).toEqual(names));

  test.each([
    ['fr', 'fr'],
    ['ko,fr,en', 'fr'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['z', 'z'],
    ['', ''],
    ['ko,', ''],
  ])('%j is none of them', (wanted, unknown) => expect(chosen(wanted)).toBe(unknown));
});

test.each([
  ['ko', 'kor'],
  ['de-CH', 'deu'],
  ['zh-Hant', 'zho'],
  ['pt-BR', 'por'],
  ['zu', 'zul'],
  ['yue', 'yue'],
  ['und', 'und'],
  ['xx', 'und'],
  ['', 'und'],
])('%s is %s in an MP4', (tag, code) => expect(iso6392(tag)).toBe(code));
