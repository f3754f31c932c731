import { describe, expect, test } from 'vitest';
import { shelvesOf } from '../../../src/web/library/shelves.js';
import { videoOf } from './video.js';

const day = (date: number) => `2025-01-${String(date).padStart(2, '0')}T00:00:00.000Z`;

describe('the library', () => {
  test('puts each series on a shelf, in the order of its episodes', () => {
    const shelves = shelvesOf([
      videoOf({ id: 'c', season: 2, episode: 1 }),
      videoOf({ id: 'b', episode: 10 }),
      videoOf({ id: 'a', episode: 9 }),
    ]);
    expect(shelves.map(({ videos }) => videos.map(({ id }) => id))).toEqual([['a', 'b', 'c']]);
  });

  test('shows the series with the newest arrival first, and what has none last', () => {
    const shelves = shelvesOf([
      videoOf({ series: '', createdAt: day(9) }),
      videoOf({ series: 'Old', createdAt: day(1) }),
      videoOf({ series: 'Grown', createdAt: day(2) }),
      videoOf({ series: 'New', createdAt: day(4) }),
      videoOf({ series: 'Grown', createdAt: day(5) }),
    ]);
    expect(shelves.map(({ series }) => series)).toEqual(['Grown', 'New', 'Old', '']);
  });

  test('puts episodes of unknown number behind the others', () => {
    const [shelf] = shelvesOf([
      videoOf({ id: 'unknown', episode: 0, episodeKnown: false }),
      videoOf({ id: 'third', episode: 3 }),
    ]);
    expect(shelf?.videos.map(({ id }) => id)).toEqual(['third', 'unknown']);
  });
});
