import { expect, test } from 'vitest';
import { browserCommand } from '../../../src/cli/browser/open-browser.js';
import { refuseOther } from '../../../src/cli/commands/start.js';
import { listenEnvironment } from '../../../src/cli/daemon/listen-options.js';
import { drawQrCode } from '../../../src/cli/output/qr-code.js';
import { networkUrls } from '../../../src/shared/network.js';
import { cliDeps } from '../../support/cli-deps.js';

const card = (address: string, family = 'IPv4', internal = false) => ({
  address,
  family,
  internal,
});
const cards = {
  lo: [card('127.0.0.1', 'IPv4', true)],
  docker0: [card('172.17.0.1')],
  eth0: [card('192.168.1.5'), card('fe80::1', 'IPv6')],
};
const everyone = { scheme: 'http', hostname: '0.0.0.0', port: 7474 } as const;

test('a daemon for everyone has an address for each network card, the one that leads out first', () => {
  expect(networkUrls(everyone, cards, '192.168.1.5')).toEqual([
    'http://192.168.1.5:7474',
    'http://172.17.0.1:7474',
  ]);
});

test('a daemon for this machine has none, one for one address has that', () => {
  expect(networkUrls({ ...everyone, hostname: '127.0.0.1' }, cards)).toEqual([]);
  expect(networkUrls({ ...everyone, hostname: '192.168.1.5' }, cards)).toEqual([
    'http://192.168.1.5:7474',
  ]);
});

test('over TLS it goes by what its certificate is for, where that leads here', () => {
  const secure = { ...everyone, scheme: 'https' } as const;
  const urls = (...certificateNames: string[]) =>
    networkUrls({ ...secure, certificateNames }, cards, '192.168.1.5');
  expect(urls('localhost', 'tv.home.arpa', '192.168.1.5', '10.0.0.1')).toEqual([
    'https://tv.home.arpa:7474',
    'https://192.168.1.5:7474',
  ]);
  expect(urls('localhost', '127.0.0.1')[0]).toBe('https://192.168.1.5:7474');
});

test('options become variables, with paths that hold in another directory', () => {
  expect(listenEnvironment({}, '/home/mina')).toEqual({});
  expect(
    listenEnvironment(
      { lan: true, openViewing: true, tlsCert: 'c.pem', tlsKey: '/k.pem' },
      '/home',
    ),
  ).toEqual({
    KDRAMA_LAN: 'true',
    KDRAMA_OPEN_VIEWING: 'true',
    KDRAMA_TLS_CERT: '/home/c.pem',
    KDRAMA_TLS_KEY: '/k.pem',
  });
});

test('a daemon that runs otherwise than asked is named, one that runs so is fine', () => {
  const record = { pid: 1, version: '', instanceId: '', openViewing: false };
  const local = { ...record, url: 'http://127.0.0.1:7474', listen: '127.0.0.1' };
  const open = { ...local, listen: '0.0.0.0', openViewing: true };
  expect(() => refuseOther({ lan: true, openViewing: true }, local)).toThrow(
    'without --lan --open-viewing, at http://127.0.0.1:7474',
  );
  expect(() => refuseOther({ listen: '0.0.0.0:80' }, open)).toThrow('without --listen');
  expect(() => refuseOther({ tlsCert: 'c.pem' }, open)).toThrow('without --tls-cert');
  refuseOther({ lan: true, openViewing: true, listen: '0.0.0.0:7474' }, open);
  refuseOther({}, undefined);
});

test('a browser is started where somebody can see it', () => {
  expect(browserCommand('linux', {})).toEqual([]);
  expect(browserCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
  expect(browserCommand('darwin', {})).toEqual(['open']);
  expect(browserCommand('win32', {})[0]).toBe('rundll32');
  expect(browserCommand('linux', { BROWSER: '/usr/bin/firefox' })).toEqual(['/usr/bin/firefox']);
});

test('a QR code is drawn on a terminal that is wide enough, and nowhere else', async () => {
  const drawn = async (facts: object) => {
    const deps = cliDeps();
    await drawQrCode({ stderr: Object.assign(deps.stderr, facts) }, 'http://192.168.1.5:7474/');
    return deps.err();
  };
  const lines = (await drawn({ isTTY: true, columns: 80 })).trimEnd().split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[0]).toMatch(/^\u001B\[97;40m█+\u001B\[0m$/);
  expect(await drawn({ isTTY: true, columns: 20 })).toBe('');
  expect(await drawn({ isTTY: false })).toBe('');
});
