import { describe, expect, test } from 'vitest';
import { episodeNames, fullName } from '../../../src/web/library/episode-name.js';
import { videoOf } from './video.js';

describe('the name of an episode', () => {
  test('is its number where its title only repeats the series', () => {
    expect(episodeNames(videoOf())).toEqual({ heading: 'Season 1 · Episode 1', detail: '' });
  });

  test.each([
    'Rain S01E01',
    'Rain E01',
    'Rain 제1화',
    'Rain 시즌1 E01',
    'Rain Episode 1',
    'Rain Special',
  ])('is its number where the title %s was only read from the file', (title) => {
    expect(episodeNames(videoOf({ title })).heading).toBe('Season 1 · Episode 1');
  });

  test('is its own title where it has one, with the number below', () => {
    expect(episodeNames(videoOf({ title: 'The Last Bus' }))).toEqual({
      heading: 'The Last Bus',
      detail: 'Season 1 · Episode 1',
    });
  });

  test.each(['Rain S01E01 The Last Bus', 'Rain E01 The Last Bus', 'Rain S01E01-E02 The Last Bus'])(
    'is the title that was read from the file after series and number: %s',
    (title) => {
      expect(episodeNames(videoOf({ title })).heading).toBe('The Last Bus');
    },
  );

  test('keeps a title that somebody gave and that begins as the series', () => {
    expect(episodeNames(videoOf({ title: 'Rain in Seoul' })).heading).toBe('Rain in Seoul');
  });

  test('never invents a number: an unknown episode is not episode 0', () => {
    const video = videoOf({
      title: 'Holiday',
      series: '',
      season: null,
      episode: 0,
      episodeKnown: false,
    });
    expect(fullName(video)).toEqual({ heading: 'Holiday', detail: '' });
  });

  test('calls season 0 specials', () => {
    expect(episodeNames(videoOf({ season: 0, episode: 0 })).heading).toBe('Specials · Episode 0');
  });

  test('falls back to the file where nothing else is known', () => {
    const video = videoOf({ title: '', series: '', season: null, episodeKnown: false });
    expect(episodeNames(video).heading).toBe('Rain.S01E01.mkv');
  });

  test('in one line begins with the series', () => {
    expect(fullName(videoOf({ title: 'The Last Bus' }))).toEqual({
      heading: 'Rain',
      detail: 'The Last Bus · Season 1 · Episode 1',
    });
  });
});
