import { describe, expect, test } from 'vitest';
import { readPrefer } from '../../../src/daemon/http/request/prefer.js';

describe('Prefer', () => {
  test.each([
    [undefined, { waitSeconds: 0, respondAsync: false }],
    ['wait=5', { waitSeconds: 5, respondAsync: false }],
    ['respond-async, wait=10', { waitSeconds: 10, respondAsync: true }],
    ['wait=600', { waitSeconds: 60, respondAsync: false }],
    ['wait=-1', { waitSeconds: 0, respondAsync: false }],
    ['wait=soon', { waitSeconds: 0, respondAsync: false }],
  ])('%s', (header, wishes) => {
    expect(readPrefer(header)).toEqual(wishes);
  });
});
