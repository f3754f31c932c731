import { expect, test } from 'vitest';
import { isNotModified, rangeApplies } from '../../../src/daemon/streaming/preconditions.js';

test.each([['"a"'], ['W/"a"'], ['"x", "a"'], ['"x,y", W/"a"'], ['*'], [' * ']])(
  'If-None-Match %s knows the tag a',
  (header) => expect(isNotModified(header, '"a"')).toBe(true),
);

test.each([[undefined], ['"b"'], ['a'], ['"aa"'], ['']])(
  'If-None-Match %s does not know the tag a',
  (header) => expect(isNotModified(header, '"a"')).toBe(false),
);

test('If-Range lets the range count only for the very same strong tag', () => {
  expect(rangeApplies(undefined, '"a"')).toBe(true);
  expect(rangeApplies('"a"', '"a"')).toBe(true);
  expect(rangeApplies('W/"a"', '"a"')).toBe(false);
  expect(rangeApplies('"b"', '"a"')).toBe(false);
  expect(rangeApplies('Wed, 21 Oct 2026 07:28:00 GMT', '"a"')).toBe(false);
});
