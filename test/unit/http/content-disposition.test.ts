import { expect, test } from 'vitest';
import { contentDisposition } from '../../../src/daemon/http/answer/content-disposition.js';

test('a file name with anything in it stays inside its header', () => {
  const header = contentDisposition('a"b\r\nSet-Cookie: x=1;도깨비%d\ud800.mp4');
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(header).toContain(`filename="a_b__Set-Cookie: x=1;____d_.mp4"`);
  expect(header).toContain(`%EB%8F%84`);
});
