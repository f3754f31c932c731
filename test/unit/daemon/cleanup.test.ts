import { expect, test } from 'vitest';
import { Cleanup } from '../../../src/daemon/cleanup.js';

test('what was opened last is closed first, and a failure stops nothing', async () => {
  const closed: string[] = [];
  const cleanup = new Cleanup();
  cleanup.add(() => closed.push('lock'));
  cleanup.add(() => Promise.reject(new Error('disk')));
  cleanup.add(async () => {
    await Promise.resolve();
    closed.push('server');
  });
  await expect(cleanup.run()).rejects.toThrow('disk');
  expect(closed).toEqual(['server', 'lock']);
  await cleanup.run();
  expect(closed).toEqual(['server', 'lock']);
});
