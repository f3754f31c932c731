import { expect, test } from 'vitest';
import { rememberTools } from '../../../src/daemon/remembered-tools.js';

const pair = { ffmpeg: 'ffmpeg', ffprobe: 'ffprobe', version: '5.1' };

test('what was found is kept; what was not found or failed is looked for again', async () => {
  const answers = [
    () => Promise.resolve(undefined),
    () => Promise.reject(new Error('EIO')),
    () => Promise.resolve(pair),
  ];
  let looks = 0;
  const tools = rememberTools(() => (answers[looks++] ?? answers[0]!)());
  expect(tools.mayWork()).toBe(true);
  expect(await tools.find()).toBeUndefined();
  expect(tools.mayWork()).toBe(false);
  await expect(tools.find()).rejects.toThrow('EIO');
  expect(await tools.find()).toEqual(pair);
  expect(tools.mayWork()).toBe(true);
  expect(await tools.find()).toEqual(pair);
  expect(looks).toBe(3);
});
