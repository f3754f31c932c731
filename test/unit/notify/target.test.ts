import { describe, expect, test } from 'vitest';
import { isAllowedAddress, parseAllowList } from '../../../src/daemon/notify/addresses.js';
import { checkTarget, resolveTarget, type Address } from '../../../src/daemon/notify/target.js';

const nobody = parseAllowList([]);
const refusal = expect.objectContaining({ code: 'VALIDATION_FAILED' }) as unknown;

const privateAddresses = [
  ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '100.64.0.1', '169.254.169.254', '192.0.0.8', '192.0.2.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.1', '192.88.99.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:10.0.0.1'],
  ...['64:ff9b::10.0.0.1', '64:ff9b::8.8.8.8', '64:ff9b:1::10.0.0.1', '2002:7f00:1::'],
  ...['2001::1', '2001:db8::1', '100::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0'],
  ...['fec0::1', 'ff02::1', '4000::1', '5f00::1'],
];
const publicAddresses = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '2a00:1450::1'];

describe('an address', () => {
  test.each(privateAddresses)('%s is no place for a webhook', (address) => {
    expect(isAllowedAddress(address, nobody)).toBe(false);
  });

  test.each(publicAddresses)('%s is', (address) => {
    expect(isAllowedAddress(address, nobody)).toBe(true);
  });

  test('that is listed is allowed, alone or in a range, in whichever form it comes', () => {
    const allow = parseAllowList(['192.168.1.0/24', '10.0.0.7', 'fd00::/8', '[::1]']);
    for (const address of ['192.168.1.77', '10.0.0.7', 'fd12::1', '::1', '::ffff:10.0.0.7']) {
      expect([address, isAllowedAddress(address, allow)]).toEqual([address, true]);
    }
    for (const address of ['192.168.2.1', '10.0.0.8', '127.0.0.1', 'fe80::1']) {
      expect([address, isAllowedAddress(address, allow)]).toEqual([address, false]);
    }
  });

  test('a list with something else in it is refused', () => {
    for (const entry of ['10.0.0.0/99', 'http://nas', '1.2.3', 'a b', '']) {
      expect(() => parseAllowList([entry])).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      );
    }
  });
});

describe('a URL', () => {
  test.each([
    ...['file:///etc/passwd', 'gopher://example.com/', 'javascript:alert(1)', 'example.com', ''],
    ...['http://user@example.com/', 'http://:secret@example.com/', 'http://localhost/'],
    ...[
      'http://LOCALHOST./',
      'http://deep.localhost:80/',
      'http://0x7f.1/',
      'http://017700000001/',
    ],
    ...['http://0/', 'http://[::1]:8080/', 'http://[::ffff:169.254.169.254]/', 'https://10.1.1.1/'],
  ])('%s is refused without asking anybody', (url) => {
    expect(() => checkTarget(url, nobody)).toThrow(refusal);
  });

  test.each(['http://example.com/hook?x=1', 'https://8.8.8.8:8443/', 'http://nas.local/'])(
    '%s may be called, as far as one can see',
    (url) => {
      expect(checkTarget(url, nobody).href).toBe(url);
    },
  );

  test('to this machine may be called when that is allowed by name or by address', () => {
    for (const entry of ['localhost', '127.0.0.1', '::1', '127.0.0.0/8']) {
      expect(checkTarget('http://localhost/', parseAllowList([entry])).hostname).toBe('localhost');
    }
  });
});

describe('a name', () => {
  const lookupOf = (...addresses: string[]) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    return (): Promise<Address[]> => Promise.resolve(found);
  };
  const url = new URL('http://example.com/');

  test.each(privateAddresses.filter((address) => !address.includes('%')))(
    'that leads to %s is refused, beside a public address too',
    async (address) => {
      await expect(resolveTarget(url, nobody, lookupOf(address))).rejects.toEqual(refusal);
      await expect(resolveTarget(url, nobody, lookupOf('8.8.8.8', address))).rejects.toEqual(
        refusal,
      );
    },
  );

  test('that leads to public addresses may be connected to at exactly these', async () => {
    const lookup = lookupOf('8.8.8.8', '2606:4700::1111');
    await expect(resolveTarget(url, nobody, lookup)).resolves.toEqual(await lookup());
  });

  test('that is listed may lead home; so may one whose address is listed', async () => {
    const lookup = lookupOf('192.168.1.5');
    for (const entry of ['EXAMPLE.com.', '192.168.1.5', '192.168.0.0/16']) {
      const allow = parseAllowList([entry]);
      await expect(resolveTarget(url, allow, lookup)).resolves.toHaveLength(1);
    }
    await expect(resolveTarget(url, parseAllowList(['other.com']), lookup)).rejects.toEqual(
      refusal,
    );
  });

  test('without an address is refused; an address is not looked up', async () => {
    await expect(resolveTarget(url, nobody, lookupOf())).rejects.toEqual(refusal);
    const never = () => Promise.reject(new Error('asked'));
    await expect(resolveTarget(new URL('http://8.8.8.8/'), nobody, never)).resolves.toEqual([
      { address: '8.8.8.8', family: 4 },
    ]);
  });
});
