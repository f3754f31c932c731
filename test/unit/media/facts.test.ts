import { describe, expect, it } from 'vitest';
import {
  avcCodecString,
  avcHighCodecString,
  avcLevel,
} from '../../../src/daemon/media/codecs/codec-strings.js';
import { parseHexDump } from '../../../src/daemon/media/ffmpeg/hex-dump.js';
import { declaredEnd } from '../../../src/daemon/media/container/declared-end.js';
import { languageName, languageTag } from '../../../src/daemon/media/source/language.js';
import { packetsOf, parseRawPackets } from '../../../src/daemon/media/ffmpeg/raw-packets.js';

describe('codec strings', () => {
  it('come from a decoder configuration and from Annex B parameter sets', () => {
    expect(avcCodecString(Uint8Array.of(1, 0x64, 0x00, 0x28, 0xff))).toBe('avc1.640028');
    const annexB = Uint8Array.of(0, 0, 0, 1, 0x67, 0x42, 0xc0, 0x15, 0xda);
    expect(avcCodecString(annexB)).toBe('avc1.42c015');
    expect(avcCodecString(Uint8Array.of())).toBeUndefined();
  });

  it('are read from a hex dump of ffprobe', () => {
    const dump =
      '\n00000000: 0164 0028 ffe1 001e 6764 0028 acd9 4078  .d.(....gd.(..@x\n00000010: 0227\n';
    expect([...parseHexDump(dump).subarray(0, 4)]).toEqual([1, 0x64, 0, 0x28]);
  });

  it('name the lowest level that a picture fits', () => {
    const levels = [avcLevel(640, 360, 24, 0), avcLevel(1280, 720, 24, 0)];
    expect(levels).toEqual([3, 3.1]);
    expect([avcLevel(1920, 1080, 24, 0), avcLevel(1920, 1080, 60, 0)]).toEqual([4, 4.2]);
    // What has to fit into the decoder's buffer needs a level of its own.
    expect(avcLevel(640, 360, 24, 20_000_000)).toBe(3.2);
    expect(avcHighCodecString(4)).toBe('avc1.640028');
    expect(avcHighCodecString(3.1)).toBe('avc1.64001f');
  });
});

describe('packets', () => {
  const csv = [
    ...['packet,2,21,41,32472,K_', 'packet,10,0,41,9,K_', 'packet,2,104,41,8855,_D'],
    ...['packet,1,21,9,9,K_', 'packet,2,N/A,41,3057,__', 'stream,1,1/90', 'stream,2,1/1000'],
    ...['format,0.021000', ''],
  ].join('\n');

  it('are those of one stream, with times in ticks from the start of the source', () => {
    const listed = parseRawPackets(csv, 2);
    expect(listed && packetsOf(listed)).toEqual([
      { ticks: 0, durationTicks: 3690, sizeBytes: 32_472, isKey: true },
      { ticks: 7470, durationTicks: 3690, sizeBytes: 8855, isKey: false, isHidden: true },
      { ticks: undefined, durationTicks: 3690, sizeBytes: 3057, isKey: false },
    ]);
  });

  it('are unknown where ffprobe said nothing', () => {
    expect(parseRawPackets('', 0)).toBeUndefined();
    expect(parseRawPackets(csv, 3)).toBeUndefined();
  });
});

describe('languages', () => {
  it('are BCP 47 tags with their own names', () => {
    expect(['kor', 'eng', 'ger', 'ko-KR', '', 'q!'].map(languageTag)).toEqual([
      ...['ko', 'en', 'de', 'ko-KR', 'und', 'und'],
    ]);
    expect([languageName('ko'), languageName('en'), languageName('und')]).toEqual([
      ...['한국어', 'English', undefined],
    ]);
  });
});

describe('the size that a file declares', () => {
  const header = Buffer.from('1a45dfa38442868101', 'hex');
  const bytesOf = (file: Buffer) => (at: number, length: number) =>
    Promise.resolve(file.subarray(at, at + length));
  it('tells where it ends, counted from its start', async () => {
    const segment = Buffer.from('18538067010000000000006400000000', 'hex');
    const file = bytesOf(Buffer.concat([header, segment]));
    expect(await declaredEnd(file)).toBe(header.length + 12 + 100);
  });
  it('is that of all parts of a long AVI', async () => {
    const riff = (type: string, bytes: number) => {
      const head = Buffer.from(`RIFF....${type}`, 'latin1');
      head.writeUInt32LE(bytes, 4);
      return head;
    };
    const first = Buffer.concat([riff('AVI ', 21), Buffer.alloc(18)]);
    const long = Buffer.concat([first, riff('AVIX', 1000), Buffer.alloc(10)]);
    expect(await declaredEnd(bytesOf(long))).toBe(first.length + 8 + 1000);
    expect(await declaredEnd(bytesOf(riff('AVI ', 0xff_ff_ff_ff)))).toBeUndefined();
    expect(await declaredEnd(bytesOf(riff('WAVE', 1000)))).toBeUndefined();
  });
  it('is unknown for a live stream and for other files', async () => {
    const live = Buffer.from('1853806701ffffffffffffff00000000', 'hex');
    expect(await declaredEnd(bytesOf(Buffer.concat([header, live])))).toBeUndefined();
    expect(await declaredEnd(bytesOf(Buffer.from('....ftypisom........')))).toBeUndefined();
  });
});
