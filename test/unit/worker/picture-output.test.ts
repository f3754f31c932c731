import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { publishPicture } from '../../../src/daemon/worker/picture-output.js';
import { Publisher } from '../../../src/daemon/worker/publisher.js';
import { picture } from '../streaming/fixtures.js';

test('what the source has is looked up while ffmpeg has not begun to write', async () => {
  const lookedUp: number[] = [];
  const unpublished = { published: new Set<number>(), initPublished: false };
  const rendition = { ...picture(360), ...unpublished };
  const output = new PassThrough();
  const published = publishPicture(output, {
    chunk: { boundaries: [0, 90, 180, 270], firstSegment: 1, segments: 2, renditions: [rendition] },
    rendition,
    publisher: new Publisher({ publish: async () => undefined }),
    isWhole: async () => undefined,
    framesOf: async (number) => {
      lookedUp.push(number);
      return [];
    },
    shownFramesOf: async () => [],
  });
  expect(lookedUp).toEqual([1]);
  output.end();
  await expect(published).rejects.toThrow('ends before segment 1 of 2');
});
