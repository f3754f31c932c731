import { describe, expect, test } from 'vitest';
import { formatBytes, formatDuration, formatPercent } from '../../../src/cli/output/amounts.js';
import { displayWidth, fitWidth } from '../../../src/cli/output/display-width.js';
import { encodingWords, setbackWords } from '../../../src/cli/output/job-text.js';
import { jsonLine, safeText } from '../../../src/cli/output/safe-text.js';
import { shellQuote } from '../../../src/cli/output/shell-quote.js';
import { alignedLines } from '../../../src/cli/output/table.js';
import type { JobView } from '../../../src/shared/contract/index.js';

describe('text from outside', () => {
  test('cannot move the cursor, break a line or turn the reading direction around', () => {
    expect(safeText('a\u001b[2Jb\nc\td\u009be\u202ef')).toBe(
      'a\\u001b[2Jb\\nc\\td\\u009be\\u202ef',
    );
  });

  test('keeps quotes, percent signs and Hangul, which is composed', () => {
    expect(safeText(`"it's" %d ${'비'.normalize('NFD')}`)).toBe(`"it's" %d 비`);
  });

  test('is still the same value in JSON, with no control on the wire', () => {
    const value = { name: 'a\u009b\u007f\u2028\n' };
    expect(jsonLine(value)).not.toMatch(/[\u007f-\u009f\u2028\n]/);
    expect(JSON.parse(jsonLine(value))).toEqual(value);
  });
});

test('a word that needs no quotes gets none, a control never reaches the terminal', () => {
  expect(shellQuote('비 1.mkv')).toBe("'비 1.mkv'");
  expect(shellQuote('plain-1.mkv')).toBe('plain-1.mkv');
  expect(shellQuote('a\n\u001b')).not.toMatch(/\p{Cc}/u);
});

test('amounts are what a person would say', () => {
  expect([0, 999, 1000, 9949, 9950, 1_234_567_890].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '9.9 kB',
    '10 kB',
    '1.2 GB',
  ]);
  expect([0, 7.4, 59.6, 3723].map(formatDuration)).toEqual(['0:00', '0:07', '1:00', '1:02:03']);
  expect(formatPercent(99.99)).toBe('99%');
});

test('a Korean letter takes two columns, composed or not', () => {
  expect(displayWidth('비E')).toBe(3);
  expect(displayWidth('비'.normalize('NFD'))).toBe(2);
  expect(displayWidth(fitWidth('모범택시 2', 6))).toBeLessThanOrEqual(6);
});

test('no line of a table is wider than the terminal, and columns start together', () => {
  const lines = alignedLines(
    {
      headings: ['A', 'TITLE'],
      rows: [
        ['비', 'x'.repeat(50)],
        ['long', 'y'],
      ],
    },
    20,
  );
  expect(lines.every((line) => displayWidth(line) <= 20)).toBe(true);
  expect(lines).toEqual(['A     TITLE', `비    ${'x'.repeat(13)}…`, 'long  y']);
});

describe('what encodes a job', () => {
  const words = (encoding: JobView['encoding']) => encodingWords({ encoding });
  const nvenc = { name: 'h264_nvenc', chunks: 10 };

  test('is said with the number of chunks, and with what failed and why', () => {
    expect(words({ encoders: [nvenc], failures: [] })).toBe('h264_nvenc (10 chunks)');
    const failures = [{ part: 'h264_nvenc', chunks: 1, reason: 'out of memory (10)' }];
    expect(words({ encoders: [nvenc, { name: 'libx264', chunks: 1 }], failures })).toBe(
      'h264_nvenc (10 chunks), libx264 (1 chunk); h264_nvenc not in 1 chunk: out of memory (10)',
    );
  });

  test('is the CPU where hardware was asked for and none works, and who knows why', () => {
    expect(words({ encoders: [{ name: 'libx264', chunks: 2 }], failures: [] })).toBe(
      'libx264 (2 chunks); no hardware works here, "kdrama doctor" says why',
    );
  });

  test('is nothing to say of a job that did not ask', () => {
    expect(words(null)).toBe('');
  });
});

test('what did not come out is said with why, how often, and when it is tried again', () => {
  const words = (nextTry: string | null) => {
    const message = 'segment 2 of 480p: ffmpeg hung';
    const setback = { message, failures: 1, attempts: 3, nextTry };
    return setbackWords({ setback }, Date.parse('2026-01-01T00:00:00Z'));
  };
  const failed = 'segment 2 of 480p: ffmpeg hung; 1 of 3 tries failed';
  expect(words('2026-01-01T00:00:08.000Z')).toBe(`${failed}, again in 0:08`);
  expect(words('2025-12-31T23:59:59.000Z')).toBe(`${failed}, trying again`);
  expect(words(null)).toBe(`${failed}, trying again`);
  expect(setbackWords({ setback: null }, 0)).toBe('');
});
