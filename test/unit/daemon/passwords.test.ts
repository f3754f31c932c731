import { expect, test } from 'vitest';
import { createPasswords } from '../../../src/daemon/accounts/passwords.js';

const cheap = { logN: 4, r: 8, p: 1 };
const passwords = createPasswords(cheap);

test('a password matches its own hash and no other', async () => {
  const stored = await passwords.hash('a long sentence');
  expect(await passwords.matches('a long sentence', stored)).toBe(true);
  expect(await passwords.matches('a long sentence.', stored)).toBe(false);
  expect(await passwords.matches('', stored)).toBe(false);
});

test('the same password has another hash each time, and its cost stands beside it', async () => {
  const [one, other] = [await passwords.hash('same'), await passwords.hash('same')];
  expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(other);
});

test('a hash is compared at its own cost, whatever new ones cost', async () => {
  const stored = await createPasswords({ logN: 5, r: 4, p: 2 }).hash('older');
  expect(await passwords.matches('older', stored)).toBe(true);
});

test('nobody has a password that matches', async () => {
  expect(await passwords.matches('', undefined)).toBe(false);
  expect(await passwords.matches('anything', undefined)).toBe(false);
});

test('the same text matches however its letters are composed', async () => {
  const stored = await passwords.hash('caf\u00e9 \ubbf8');
  expect(await passwords.matches('cafe\u0301 \u1106\u1175', stored)).toBe(true);
});

test('those who would wait behind many others are told to come again', async () => {
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => passwords.hash('x')));
  const refused = all.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBe(40 - 17);
  expect(refused[0]).toMatchObject({ reason: { code: 'RATE_LIMIT_EXCEEDED' } });
});

test('what is no hash is an error, not a refusal', async () => {
  await expect(passwords.matches('x', 'plain text')).rejects.toThrow('unknown form');
});
