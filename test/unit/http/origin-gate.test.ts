import { expect, test } from 'vitest';
import { isOwnPage } from '../../../src/daemon/http/gates/origin-gate.js';

const host = '127.0.0.1:7474';

test.each([
  ['a program', { site: undefined, origin: undefined }, true],
  ['our own page', { site: 'same-origin', origin: `http://${host}` }, true],
  ['our own page behind TLS', { site: 'same-origin', origin: `https://${host}` }, true],
  ['an address that was typed', { site: 'none', origin: undefined }, true],
  ['another page', { site: 'cross-site', origin: 'https://evil.example' }, false],
  ['another page in an old browser', { site: undefined, origin: 'https://evil.example' }, false],
  ['another port of this host', { site: 'same-site', origin: 'http://127.0.0.1:8080' }, false],
  ['a sandboxed frame', { site: undefined, origin: 'null' }, false],
  ['a form without Origin', { site: 'cross-site', origin: undefined }, false],
])('%s', (_, headers, isAllowed) => {
  expect(isOwnPage({ ...headers, host, scheme: 'http' })).toBe(isAllowed);
});

test('over TLS, a plain page of the same name is another one', () => {
  const page = (origin: string) => isOwnPage({ site: undefined, origin, host, scheme: 'https' });
  expect(page(`https://${host}`)).toBe(true);
  expect(page(`http://${host}`)).toBe(false);
});
