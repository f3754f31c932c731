import { expect, test } from 'vitest';
import { stripOf, type StripTask } from '../../../src/daemon/jobs/progress/plan-strip.js';

const rendition = { id: 'r', segmentCount: 10 };
const published = (...numbers: number[]) => numbers.map((number) => ({ number }));

function task(state: StripTask['state'], firstSegment: number, segments: number, of = 'r') {
  return { state, firstSegment, segments, renditions: [of] };
}

test('a plan nobody works on is one run, however long it is', () => {
  expect(stripOf(rendition, [], [])).toEqual([{ state: 'waiting', segments: 10 }]);
});

test('what is published is made, and the rest of its task goes on running', () => {
  const tasks = [task('running', 0, 4), task('queued', 4, 4), task('failed', 8, 2)];
  expect(stripOf(rendition, published(0, 1, 8), tasks)).toEqual([
    { state: 'made', segments: 2 },
    { state: 'running', segments: 2 },
    { state: 'waiting', segments: 4 },
    { state: 'made', segments: 1 },
    { state: 'failed', segments: 1 },
  ]);
});

test('a cancelled job waits for its retry, and tasks of other renditions count for those', () => {
  const tasks = [task('cancelled', 0, 5), task('running', 0, 10, 'other'), task('done', 5, 5)];
  expect(stripOf(rendition, [], tasks)).toEqual([{ state: 'waiting', segments: 10 }]);
});

test('a task for the whole plan marks no more of a rendition than it has', () => {
  expect(stripOf({ id: 'r', segmentCount: 1 }, [], [task('running', 0, 10)])).toEqual([
    { state: 'running', segments: 1 },
  ]);
});
