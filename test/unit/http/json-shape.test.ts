import { expect, test } from 'vitest';
import { demandShape } from '../../../src/daemon/http/request/json-shape.js';

const check = (json: string) => () => demandShape(Buffer.from(json));
const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

test('what requests are made of passes', () => {
  expect(check('{"a":[1,{"b":"c"}],"d":null}')).not.toThrow();
  expect(check(nested(32))).not.toThrow();
});

test('what is nested deeply or holds too much does not', () => {
  expect(check(nested(33))).toThrow(/at most 32 levels/);
  expect(check('{"a":'.repeat(100_000))).toThrow(/at most 32 levels/);
  expect(check(`[${'1,'.repeat(10_000)}1]`)).toThrow(/at most 10000 values/);
});

test('brackets and commas inside of text are text', () => {
  expect(check(JSON.stringify({ text: '[{,'.repeat(20_000) }))).not.toThrow();
  expect(check(JSON.stringify({ text: `\\"${'['.repeat(100)}` }))).not.toThrow();
  expect(check('"never closed [[[[')).not.toThrow(); // JSON.parse says what is wrong with it
});
