import { describe, expect, test } from 'vitest';
import { audioItems, qualityItems, subtitleItems } from '../../../src/web/controls/track-items.js';
import { findTrack } from '../../../src/web/player/choose-track.js';
import type { PlaybackState } from '../../../src/web/player/playback.js';
import { qualityName } from '../../../src/web/player/quality-name.js';

const state: PlaybackState = {
  qualities: ['1080p', '360p'],
  quality: null,
  shownQuality: 1,
  audioTracks: [
    { language: 'ko', label: 'Korean' },
    { language: 'en', label: 'Commentary' },
  ],
  audio: 0,
  subtitleTracks: [{ language: 'en', label: 'English' }],
  subtitle: null,
};

describe('a choice made in another episode', () => {
  const tracks = [
    { language: 'en', label: 'Signs' },
    { language: 'en', label: 'Full' },
    { language: 'ko', label: 'Korean' },
  ];

  test('means the track of the same name, before one that is only in the same language', () => {
    expect(findTrack(tracks, { language: 'en', label: 'Full' })).toBe(1);
    expect(findTrack(tracks, { language: 'ko', label: '한국어' })).toBe(2);
  });

  test('means none where its language is not there', () => {
    expect(findTrack(tracks, { language: 'fr', label: 'Full' })).toBe(-1);
    expect(findTrack(tracks, { language: '', label: 'Other' })).toBe(-1);
  });
});

describe('the menus', () => {
  test('begin with Auto and say what it chose', () => {
    expect(qualityItems(state)).toEqual([
      { label: 'Auto', chosen: true, detail: '360p' },
      { label: '1080p', chosen: false },
      { label: '360p', chosen: false },
    ]);
  });

  test('mark the quality that a person chose', () => {
    const chosen = qualityItems({ ...state, quality: 0 }).filter((item) => item.chosen);
    expect(chosen).toEqual([{ label: '1080p', chosen: true }]);
  });

  test('say a language where the name of a track does not', () => {
    expect(audioItems(state)).toEqual([
      { label: 'Korean', chosen: true },
      { label: 'Commentary', detail: 'English', chosen: false },
    ]);
  });

  test('begin with Off for subtitles', () => {
    expect(subtitleItems(state)).toEqual([
      { label: 'Off', chosen: true },
      { label: 'English', chosen: false },
    ]);
  });

  test('are empty where there is nothing to choose', () => {
    const alone = { ...state, qualities: ['1080p'], audioTracks: [], subtitleTracks: [] };
    expect([qualityItems(alone), audioItems(alone), subtitleItems(alone)]).toEqual([[], [], []]);
  });
});

test('a wide picture is called as everywhere else, not by its height', () => {
  const uri = 'http://127.0.0.1:7474/api/v1/stream/v/hls/p1/1080p/v1/playlist.m3u8';
  expect(qualityName({ uri, height: 800 })).toBe('1080p');
  expect(qualityName({ uri: 'https://example.org/video.m3u8', height: 800 })).toBe('800p');
});
