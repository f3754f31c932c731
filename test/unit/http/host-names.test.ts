import { expect, test } from 'vitest';
import { createHostNames } from '../../../src/daemon/http/gates/host-names.js';

const card = (address: string, family = 'IPv4') => ({ address, family, internal: false });

test('a machine goes by its name, its .local name and its addresses', () => {
  const isOwnHost = createHostNames({
    others: () => ['TV.home.arpa'],
    clock: { monotonic: () => 0 },
    machine: () => ({
      hostname: 'Den.lan',
      interfaces: { eth0: [card('192.168.1.5'), card('fe80::1%eth0', 'IPv6')] },
    }),
  });
  const own = [
    'den.lan',
    'den',
    'den.local',
    '192.168.1.5',
    '[fe80::1]',
    'tv.home.arpa',
    'localhost',
  ];
  for (const name of own) expect(isOwnHost(name), name).toBe(true);
  for (const name of ['192.168.1.6', 'den.evil.example', 'local', '']) {
    expect(isOwnHost(name), name).toBe(false);
  }
});

test('names follow the machine into another network, looked up at most every two seconds', () => {
  const clock = { at: 0, monotonic: () => clock.at };
  let address = '192.168.1.5';
  let looks = 0;
  const isOwnHost = createHostNames({
    others: () => [],
    clock,
    machine: () => {
      looks += 1;
      return { hostname: 'den', interfaces: { wlan0: [card(address)] } };
    },
  });
  expect(isOwnHost('192.168.1.5')).toBe(true);
  address = '10.0.0.7';
  clock.at = 1_999;
  for (let n = 0; n < 100; n += 1) expect(isOwnHost('10.0.0.7')).toBe(false);
  expect(looks).toBe(1);
  clock.at = 2_000;
  expect(isOwnHost('10.0.0.7')).toBe(true);
  expect(isOwnHost('192.168.1.5')).toBe(false);
  expect(looks).toBe(2);
});
