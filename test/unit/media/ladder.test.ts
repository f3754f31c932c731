import { describe, expect, it } from 'vitest';
import { copiedRungName, encodedRungs, isCopyWanted } from '../../../src/daemon/media/ladder.js';

type Options = Parameters<typeof encodedRungs>[2];

const rungs = (width: number, height: number, options: Options = { top: '2160p', copied: false }) =>
  encodedRungs({ width, height }, 24, options).map(
    (rung) => `${rung.name} ${rung.width}x${rung.height}`,
  );

describe('the ladder', () => {
  it('gives a full HD picture three rungs, and two beside its copy', () => {
    expect(rungs(1920, 1080)).toEqual(['1080p 1920x1080', '720p 1280x720', '360p 640x360']);
    expect(rungs(1920, 1080, { top: '2160p', copied: true })).toEqual([
      '720p 1280x720',
      '360p 640x360',
    ]);
  });

  it('keeps the size and shape of a wide picture', () => {
    expect(rungs(1920, 800)).toEqual(['1080p 1920x800', '720p 1280x534', '360p 640x266']);
  });

  it('never makes anything larger than the source', () => {
    expect(rungs(1000, 500)).toEqual(['720p 1000x500', '360p 640x320']);
    expect(rungs(320, 240)).toEqual(['360p 320x240']);
    expect(rungs(2, 2)).toEqual(['360p 2x2']);
  });

  it('turns the boxes for a portrait', () => {
    expect(rungs(1080, 1920)).toEqual(['1080p 1080x1920', '720p 720x1280', '360p 360x640']);
  });

  it('scales a larger picture down to the highest box', () => {
    expect(rungs(3840, 2160)).toEqual(['1080p 1920x1080', '720p 1280x720', '360p 640x360']);
  });

  it('stops at the highest rung wanted', () => {
    expect(rungs(1920, 1080, { top: '720p', copied: false })).toEqual([
      '720p 1280x720',
      '360p 640x360',
    ]);
    expect(isCopyWanted({ width: 1920, height: 1080 }, { top: '720p' })).toBe(false);
    expect(isCopyWanted({ width: 1280, height: 720 }, { top: '720p' })).toBe(true);
  });

  it('makes only the rungs that are asked for, when it is told which', () => {
    const only = (...names: string[]) => ({ top: '2160p', only: names, copied: false });
    expect(rungs(1920, 1080, only('720p'))).toEqual(['720p 1280x720']);
    expect(rungs(1920, 1080, only('1080p', '360p'))).toEqual(['1080p 1920x1080', '360p 640x360']);
    // Larger than the source is the source's own size; larger than any box the largest.
    expect(rungs(1280, 720, only('1080p'))).toEqual(['720p 1280x720']);
    expect(rungs(3840, 2160, only('2160p'))).toEqual(['1080p 1920x1080']);
  });

  it('has no need of a rung that is asked for where the copy is it', () => {
    const only = (...names: string[]) => ({ top: '2160p', only: names });
    const fullHd = { width: 1920, height: 1080 };
    expect(isCopyWanted(fullHd, only('1080p'))).toBe(true);
    expect(isCopyWanted(fullHd, only('2160p'))).toBe(true);
    expect(isCopyWanted(fullHd, only('720p'))).toBe(false);
    expect(rungs(1920, 1080, { ...only('1080p'), copied: true })).toEqual([]);
    expect(rungs(3840, 2160, { ...only('2160p', '360p'), copied: true })).toEqual(['360p 640x360']);
  });

  it('names a copied picture by the smallest box that holds it, at any size', () => {
    const name = (width: number, height: number) => copiedRungName({ width, height });
    expect([name(1920, 1080), name(1920, 800), name(854, 480), name(320, 240)]).toEqual([
      ...['1080p', '1080p', '720p', '360p'],
    ]);
    expect([name(2560, 1440), name(3840, 1600), name(2160, 3840)]).toEqual([
      ...['1440p', '2160p', '2160p'],
    ]);
  });

  it('has sides that 4:2:0 can have', () => {
    expect(rungs(853, 479)).toEqual(['720p 854x480', '360p 640x360']);
  });
});
