import { describe, expect, it } from 'vitest';
import {
  isOnDemand,
  isPromised,
  promisedOf,
} from '../../../src/daemon/jobs/states/ladder-policy.js';
import { picture, sound, subtitle } from '../streaming/fixtures.js';

const segmentCount = 10;
const copied = picture(1080, { id: 'copied', method: 'copied', segmentCount });
const middle = picture(720, { id: 'middle', method: 'encoded', segmentCount });
const lowest = picture(360, { id: 'lowest', method: 'encoded', segmentCount });
const dub = sound(0, {}, { id: 'dub', method: 'encoded', segmentCount });
const text = subtitle(0);

function words(...args: Parameters<typeof promisedOf>): string[] {
  return promisedOf(...args).map(({ id, segmentCount: count }) => `${id} ${count}`);
}

describe('what a ladder promises', () => {
  it.each(['full', 'copy'] as const)('is all of the plan when it is %s', (ladder) => {
    expect(promisedOf(ladder, [copied, middle, lowest, dub, text])).toHaveLength(5);
  });

  it('is no encoded picture on demand, but all sound and text, encoded or not', () => {
    expect(words('on-demand', [copied, middle, lowest, dub, text])).toEqual([
      ...['copied 10', 'dub 10', `${text.id} 1`],
    ]);
  });

  it('is the first segment of the lowest where nothing can be copied: it must be playable', () => {
    expect(words('on-demand', [middle, lowest, dub])).toEqual(['lowest 1', 'dub 10']);
  });

  it('is that segment, too, beside a copy that only some players take', () => {
    const hevc = picture(
      1080,
      { id: 'hevc', method: 'copied', segmentCount },
      { codecs: 'hvc1.2.4.L120.B0' },
    );
    expect(words('on-demand', [middle, lowest, hevc])).toEqual(['lowest 1', 'hevc 10']);
  });
});

describe('a task', () => {
  const promised = promisedOf('on-demand', [middle, lowest, dub]);
  const range = (renditions: string[], firstSegment: number) => ({
    ...{ firstSegment, segments: 2, renditions },
  });

  it('is promised when any of it is, and when it is made of no rendition', () => {
    expect(isPromised(range(['lowest'], 0), promised)).toBe(true);
    expect(isPromised(range(['middle', 'dub'], 4), promised)).toBe(true);
    expect(isPromised(range([], 0), promised)).toBe(true);
    expect(isPromised(range(['lowest'], 1), promised)).toBe(false);
    expect(isPromised(range(['middle'], 0), promised)).toBe(false);
  });
});

it('only an encoded picture is made on demand', () => {
  const made = [copied, middle, dub, text].filter((row) => isOnDemand('on-demand', row));
  expect(made).toEqual([middle]);
  expect(isOnDemand('full', middle)).toBe(false);
});
