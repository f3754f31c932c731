import { expect, test } from 'vitest';
import { namedHosts } from '../../../src/daemon/http/gates/host-gate.js';

test('the Host line is read without its port', () => {
  expect(namedHosts({ rawHeaders: ['HOST', 'Example.org:7474'], url: '/' })).toEqual([
    'example.org',
  ]);
  expect(namedHosts({ rawHeaders: ['Host', '[::1]:7474'], url: '/' })).toEqual(['[::1]']);
});

test('none or two Host lines name nobody', () => {
  expect(namedHosts({ rawHeaders: [], url: '/' })).toEqual([]);
  expect(namedHosts({ rawHeaders: ['Host', 'a', 'host', 'a'], url: '/' })).toEqual([]);
});

test('an absolute target names a host too', () => {
  const named = namedHosts({ rawHeaders: ['Host', 'localhost'], url: 'http://evil.example:80/x' });
  expect(named).toEqual(['localhost', 'evil.example']);
});

test('HTTP/2 names its host in :authority, and a Host line beside it counts too', () => {
  expect(namedHosts({ rawHeaders: [':authority', 'TV.local:7474'], url: '/' })).toEqual([
    'tv.local',
  ]);
  const both = [':authority', 'tv.local', 'host', 'evil.example'];
  expect(namedHosts({ rawHeaders: both, url: '/' })).toEqual(['tv.local', 'evil.example']);
});
