import { expect, test } from 'vitest';
import { loggedPath } from '../../../src/daemon/http/gates/request-log.js';

test('the log never holds the key of a stream', () => {
  expect(loggedPath('/api/v1/stream/abc/key/abc.123.secret/hls/master.m3u8')).toBe(
    '/api/v1/stream/abc/key/-/hls/master.m3u8',
  );
});
