import { expect, test } from 'vitest';
import { boundaryOf, multipartField } from '../../../src/daemon/http/request/multipart.js';

function body(...parts: [header: string, content: Buffer][]): Buffer {
  const pieces = parts.flatMap(([header, content]) => [
    Buffer.from(`--xyz\r\n${header}\r\n\r\n`),
    content,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from('--xyz--\r\n')]);
}
const named = (name: string) => `Content-Disposition: form-data; name="${name}"; filename="blob"`;

test('the field is found between others, byte for byte', () => {
  const content = Buffer.from([0, 13, 10, 45, 45, 120, 255, 13, 10]);
  const whole = body([named('note'), Buffer.from('hello')], [named('chunk'), content]);
  expect(multipartField(whole, 'xyz', 'chunk')).toEqual(content);
});

test('header names and order do not matter', () => {
  const header = `content-type: application/octet-stream\r\nCONTENT-DISPOSITION: form-data; filename="name=x"; name=chunk`;
  expect(multipartField(body([header, Buffer.from('abc')]), 'xyz', 'chunk').toString()).toBe('abc');
});

test('an empty field is empty', () => {
  expect(multipartField(body([named('chunk'), Buffer.alloc(0)]), 'xyz', 'chunk')).toHaveLength(0);
});

test('a preamble is skipped', () => {
  const whole = Buffer.concat([Buffer.from('hi\r\n'), body([named('chunk'), Buffer.from('a')])]);
  expect(multipartField(whole, 'xyz', 'chunk').toString()).toBe('a');
});

test.each([
  ['another name', body([named('file'), Buffer.from('abc')])],
  ['cut off', body([named('chunk'), Buffer.from('abc')]).subarray(0, 75)],
  ['no delimiter', Buffer.from('abc')],
  ['nothing', Buffer.alloc(0)],
])('refused: %s', (_, whole) => {
  expect(() => multipartField(whole, 'xyz', 'chunk')).toThrow('expected a whole multipart field');
});

test('the boundary is read from the content type', () => {
  expect(boundaryOf('multipart/form-data; boundary=abc')).toBe('abc');
  expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b');
  expect(boundaryOf('application/octet-stream')).toBeUndefined();
  expect(boundaryOf(undefined)).toBeUndefined();
  expect(() => boundaryOf('multipart/form-data')).toThrow('expected a boundary');
});
