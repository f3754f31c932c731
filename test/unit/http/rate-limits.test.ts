import { describe, expect, test } from 'vitest';
import { addressKey } from '../../../src/daemon/http/limits/address-key.js';
import { rateClassOf } from '../../../src/daemon/http/limits/rate-class.js';

describe('addressKey', () => {
  test('an IPv6 household is one key, whichever of its addresses it uses', () => {
    const key = (address: string) => addressKey(address, 'salt');
    expect(key('2001:db8:1:2::1')).toBe(key('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(key('2001:db8:1:2::1')).not.toBe(key('2001:db8:1:3::1'));
  });

  test('a million addresses take no more than the fixed number of keys', () => {
    const keys = new Set<string>();
    for (let at = 0; at < 100_000; at++)
      keys.add(addressKey(`10.${at >> 16}.${at >> 8}.${at}`, ''));
    expect(keys.size).toBeLessThanOrEqual(16_384);
    expect(keys.size).toBeGreaterThan(16_000);
  });

  test('which addresses share a key differs from start to start', () => {
    const addresses = Array.from({ length: 50 }, (_, at) => `192.0.2.${at}`);
    const keys = (salt: string) => addresses.map((address) => addressKey(address, salt));
    expect(keys('a')).not.toEqual(keys('b'));
  });
});

test.each([
  ['/stream/:videoId/hls/:planId/:name/:version/:file', 'bytes'],
  ['/stream/:videoId/key/:key/hls/master.m3u8', 'bytes'],
  ['/stream/:videoId', 'bytes'],
  ['/stream/:videoId/metadata', 'ordinary'],
  ['/videos/:id/poster', 'bytes'],
  ['/videos/:id/storyboard.vtt', 'bytes'],
  ['/videos/:id/storyboard/:version/:sheet', 'bytes'],
  ['/upload/chunk/:uploadId/:chunkIndex', 'bytes'],
  ['/upload/start', 'ordinary'],
  ['/jobs/:id', 'ordinary'],
  ['/health', 'uncounted'],
  ['/health/ready', 'uncounted'],
  [undefined, 'ordinary'],
])('%s counts as %s', (path, expected) => {
  expect(rateClassOf(path)).toBe(expected);
});
