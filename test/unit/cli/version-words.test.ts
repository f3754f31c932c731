import { expect, test } from 'vitest';
import { versionWords } from '../../../src/cli/daemon/version-words.js';

test('equal versions are not worth a word', () => {
  expect(versionWords('1.2.3', '1.2.3', { isOurs: true })).toBeUndefined();
});

test('an older daemon of this computer can be renewed, that of another only named', () => {
  expect(versionWords('1.10.0', '1.9.3', { isOurs: true })).toContain('"kdrama restart" renews it');
  const named = 'Warning: this is kdrama 1.10.0, the daemon is 1.9.3.';
  expect(versionWords('1.10.0', '1.9.3', { isOurs: false })).toBe(named);
});

test('a newer daemon is no reason to restart it', () => {
  expect(versionWords('1.9.3', '2.0.0', { isOurs: true })).toMatch(/Update this one\.$/);
});
