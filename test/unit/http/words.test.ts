import { describe, expect, test } from 'vitest';
import { contentDisposition } from '../../../src/daemon/http/content-disposition.js';
import { topRenditionOf, wishOf } from '../../../src/daemon/http/job-wish.js';
import { readPrefer } from '../../../src/daemon/http/prefer.js';
import { loggedPath } from '../../../src/daemon/http/request-log.js';
import { toCamelCase, toSnakeCase } from '../../../src/daemon/http/snake-case.js';

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

describe('resolutions ask for the largest rung that is not above them', () => {
  test.each([
    [['1920x1080', '1280x720'], '1080p'],
    [['720p'], '720p'],
    [['720x1280'], '720p'],
    [['854x480'], '360p'],
    [['240p'], '360p'],
    [['8000x4000'], '2160p'],
  ])('%s', (resolutions, rung) => {
    expect(topRenditionOf(resolutions)).toBe(rung);
  });

  test('anything else is refused', () => {
    expect(() => topRenditionOf(['big'])).toThrow('expected resolutions like 720p');
  });
});

test('a quality is its top rendition', () => {
  expect(wishOf({ quality: 'medium' })).toEqual({ settings: { topRendition: '720p' } });
  expect(wishOf({})).toEqual({});
});

test('keys change their case at every depth, values do not', () => {
  const camel = {
    jobId: 'a_B',
    files: { mp4: { '720p': '/x_y' } },
    minioUrls: {},
    list: [{ useGpu: null }],
  };
  const snake = {
    job_id: 'a_B',
    files: { mp4: { '720p': '/x_y' } },
    minio_urls: {},
    list: [{ use_gpu: null }],
  };
  expect(toSnakeCase(camel)).toEqual(snake);
  expect(toCamelCase(snake)).toEqual(camel);
  expect(toCamelCase(camel)).toEqual(camel);
});

test('a file name with anything in it stays inside its header', () => {
  const header = contentDisposition('a"b\r\nSet-Cookie: x=1;도깨비%d\ud800.mp4');
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(header).toContain(`filename="a_b__Set-Cookie: x=1;____d_.mp4"`);
  expect(header).toContain(`%EB%8F%84`);
});

test('the log never holds the key of a stream', () => {
  expect(loggedPath('/api/v1/stream/abc/key/abc.123.secret/hls/master.m3u8')).toBe(
    '/api/v1/stream/abc/key/-/hls/master.m3u8',
  );
});
