import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeLines } from '../../../src/daemon/media/text-encoding/decode-lines.js';

const lines = (...parts: readonly Buffer[]) =>
  Buffer.concat(parts.flatMap((part, n) => (n === 0 ? [part] : [Buffer.from('\n'), part])));

test('lines in UTF-8 stay, the others are read in their encoding', () => {
  const korean = iconv.encode('안녕하세요, 반갑습니다', 'cp949');
  const bytes = lines(Buffer.from('비'), korean, Buffer.from(''), Buffer.from('plain'));
  expect(decodeLines(bytes, 'ko')).toBe('비\n안녕하세요, 반갑습니다\n\nplain');
});

test('what no encoding has shows that it is missing, and the rest is there', () => {
  const bytes = lines(Buffer.from('plain'), Buffer.from([0x41, 0xff, 0x00, 0x01, 0xfe, 0x81]));
  expect(decodeLines(bytes)).toMatch(/^plain\nA\ufffd/);
});

test('text in UTF-8 is what it was', () => {
  expect(decodeLines(Buffer.from('비\r\n가\n'))).toBe('비\r\n가\n');
});
