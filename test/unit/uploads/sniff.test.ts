import { describe, expect, test } from 'vitest';
import { sniff, sniffBytes } from '../../../src/daemon/uploads/sniff.js';

function bytes(...parts: (string | number[])[]): Buffer {
  const head = Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );
  return Buffer.concat([head, Buffer.alloc(Math.max(0, 600 - head.length), 0xaa)]);
}

function packets(size: number, offset: number): Buffer {
  const head = Buffer.alloc(sniffBytes, 0xee);
  for (let at = offset; at < head.length; at += size) head[at] = 0x47;
  return head;
}

describe('a video is told by its first bytes', () => {
  test.each([
    ['MP4', bytes([0, 0, 0, 0x20], 'ftypisom')],
    ['MP4', bytes([0, 0, 0, 0x14], 'ftyp3gp4')],
    ['MP4', bytes([0, 0, 0, 0x14], 'ftypqt  ')],
    ['QuickTime', bytes([0, 0, 0, 8], 'wide', [0, 1, 2, 3], 'mdat')],
    ['Matroska or WebM', bytes([0x1a, 0x45, 0xdf, 0xa3])],
    ['MPEG transport stream', packets(188, 0)],
    ['MPEG transport stream (192-byte packets)', packets(192, 4)],
    ['MPEG transport stream', packets(188, 100)],
    ['MPEG transport stream', packets(192, 100)],
    ['MPEG program stream', bytes([0, 0, 1, 0xba])],
    ['AVI', bytes('RIFF', [1, 2, 3, 4], 'AVI ')],
    ['FLV', bytes('FLV', [1])],
    ['Ogg', bytes('OggS')],
    ['ASF (WMV)', bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
  ])('%s', (name, head) => {
    expect(sniff(head)).toEqual({ kind: 'container', name });
  });
});

describe('what is no video is called by its name', () => {
  test.each([
    ['an empty file', Buffer.alloc(0)],
    [
      'text',
      Buffer.from('Good morning, this is a note that begins with the letter of a sync byte.'),
    ],
    ['text', Buffer.from('오늘의 메모: 한글로 쓴 글입니다.\n')],
    ['text', Buffer.from(`G${'x'.repeat(187)}y`)],
    ['text', Buffer.from(`${'x'.repeat(187)}G`.repeat(30))],
    ['data of an unknown kind', packets(188, 100).subarray(0, 15 * 188)],
    ['an HLS playlist', Buffer.from('#EXTM3U\n#EXT-X-VERSION:7\n')],
    ['an HLS playlist', Buffer.from('\ufeff#EXTM3U\n')],
    ['an ffconcat list', Buffer.from('ffconcat version 1.0\nfile /etc/passwd\n')],
    ['XML or HTML', Buffer.from('<?xml version="1.0"?><MPD></MPD>')],
    ['XML or HTML', Buffer.from('<!DOCTYPE html><html></html>')],
    ['a HEIF or AVIF picture', bytes([0, 0, 0, 0x1c], 'ftypheic')],
    ['a JPEG picture', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['a PNG picture', bytes([0x89], 'PNG')],
    ['a WebP picture', bytes('RIFF', [1, 2, 3, 4], 'WEBP')],
    ['a PDF document', bytes('%PDF-1.7')],
    ['a ZIP archive', bytes('PK', [3, 4])],
    ['MP3 audio', bytes('ID3', [4])],
    ['MP3 audio', bytes([0xff, 0xfb, 0x90])],
    ['AAC audio', bytes([0xff, 0xf1, 0x50])],
    ['WAV audio', bytes('RIFF', [1, 2, 3, 4], 'WAVE')],
    ['FLAC audio', bytes('fLaC')],
    ['a program', bytes([0x7f], 'ELF')],
    ['data of an unknown kind', Buffer.alloc(600)],
  ])('%s', (name, head) => {
    expect(sniff(head)).toEqual({ kind: 'other', name });
  });
});
