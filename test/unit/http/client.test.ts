import { expect, test } from 'vitest';
import { addressMatcher } from '../../../src/daemon/http/gates/addresses.js';
import { clientOf, type Connection } from '../../../src/daemon/http/gates/client.js';

const local: Connection = { address: '127.0.0.1', scheme: 'http', host: 'localhost:7474' };
const stranger = { ...local, address: '203.0.113.9' };

function client(headers: Record<string, string>, peer = local, trusted: string[] = ['127.0.0.1']) {
  return clientOf(peer, (name) => headers[name], addressMatcher(trusted));
}

test('without forwarded headers the peer is the client', () => {
  expect(client({})).toEqual({ ...local, isOnThisMachine: true, isAtHome: true });
  expect(client({}, { ...local, address: '192.168.1.5' })).toMatchObject({
    isOnThisMachine: false,
    isAtHome: true,
  });
  expect(client({}, stranger)).toMatchObject({ isOnThisMachine: false, isAtHome: false });
});

test.each([
  ['one hop', '192.168.1.7', '192.168.1.7'],
  ['the rightmost stranger, whatever stands before it', '127.0.0.1, 198.51.100.1', '198.51.100.1'],
  ['not the proxies that are trusted', '198.51.100.1, 10.0.0.2', '198.51.100.1'],
  ['the farthest when all are trusted', '10.0.0.9, 10.0.0.2', '10.0.0.9'],
  ['with a port', '198.51.100.1:4711', '198.51.100.1'],
  ['IPv6', '2001:db8::7', '2001:db8::7'],
  ['IPv6 with a port', '[2001:db8::7]:4711', '2001:db8::7'],
  ['nothing that is an address', '192.168.1.1, unknown', 'unknown'],
  ['nothing at all', '  ,', '127.0.0.1'],
])('behind a trusted proxy: %s', (_, forwarded, address) => {
  const found = client({ 'x-forwarded-for': forwarded }, local, ['127.0.0.1', '10.0.0.0/8']);
  expect(found.address).toBe(address);
  expect(found.isOnThisMachine).toBe(false);
});

test('scheme and host are the ones that the client used', () => {
  const common = {
    'x-forwarded-for': '192.168.1.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'TV.example.org',
  };
  const standard = { forwarded: 'For="192.168.1.7:80";Proto=https;host=tv.example.org' };
  for (const headers of [common, standard]) {
    expect(client(headers)).toMatchObject({
      address: '192.168.1.7',
      scheme: 'https',
      host: 'tv.example.org',
    });
  }
});

test('a chain of the standard header is read as the other one', () => {
  const forwarded =
    'for=127.0.0.1, for="[2001:db8::7]:1";proto=https;by=10.0.0.2, for=10.0.0.2;proto=http';
  expect(client({ forwarded }, local, ['127.0.0.1', '10.0.0.0/8'])).toMatchObject({
    address: '2001:db8::7',
    scheme: 'https',
  });
});

test('two headers that do not agree: one of them the client wrote, so nobody knows who it is', () => {
  const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=127.0.0.1;proto=https' };
  expect(client(headers)).toEqual({
    address: 'unknown',
    scheme: 'http',
    host: 'localhost:7474',
    isOnThisMachine: false,
    isAtHome: false,
  });
});

test.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'cf-connecting-ip'])(
  'a stranger who forwards (%s) is not believed, and nearer to nobody',
  (name) => {
    const value = name === 'forwarded' ? 'for=127.0.0.1' : '127.0.0.1';
    expect(client({ [name]: value }, stranger)).toMatchObject({
      address: '203.0.113.9',
      isOnThisMachine: false,
      isAtHome: false,
    });
    // A tunnel or proxy on this machine that nobody configured.
    expect(client({ [name]: value }, local, [])).toMatchObject({
      address: '127.0.0.1',
      isOnThisMachine: false,
      isAtHome: false,
    });
  },
);

test('a trusted proxy cannot make a client one of this machine', () => {
  expect(client({ 'x-forwarded-for': '127.0.0.1' })).toMatchObject({ isOnThisMachine: false });
});

test.each([
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['169.254.1.1', true],
  ['fe80::1', true],
  ['fd00::2', true],
  ['::1', true],
  ['100.64.0.1', false],
  ['8.8.8.8', false],
  ['2001:4860:4860::8888', false],
  ['::ffff:8.8.8.8', false],
  ['nonsense', false],
])('%s is of this home: %s', (address, isAtHome) => {
  expect(client({}, { ...local, address }).isAtHome).toBe(isAtHome);
});

test('what is neither an address nor a range is refused by name', () => {
  expect(() => addressMatcher(['10.0.0.0/33'])).toThrow('got 10.0.0.0/33');
  expect(() => addressMatcher(['proxy.local'])).toThrow('got proxy.local');
});
