import { expect, test } from 'vitest';
import { brokenRules, hlsRules } from '../../support/hls-rules/all-rules.js';
import { fieldsOf, inFirst, inInit, inMaster, inSegment, inText, type Break } from './breaking.js';
import { soundEpisode } from './sound-episode.js';

/** Writes a word over the `tfdt` or the table of the `trun`, or a byte over a sample. */
const write32 = (type: string, offset: number, value: number) => (bytes: Buffer) => {
  bytes.writeUInt32BE(value, fieldsOf(bytes, type) + offset);
  return bytes;
};
/** Of a `tfdt` of version 1 its lower half; of a `trun` the first sample's entries. */
const [tfdt, firstDuration, firstFlags, firstOffset] = [8, 12, 20, 24];

const breakages: readonly (readonly [rule: string, broken: Break])[] = [
  [
    'every playlist is UTF-8 text that begins with #EXTM3U and version 7',
    inText('sound', 'N:7', 'N:6'),
  ],
  ['every playlist is UTF-8 text that begins with #EXTM3U and version 7', inMaster('#', '\uFEFF#')],
  [
    'every playlist is UTF-8 text that begins with #EXTM3U and version 7',
    inMaster('Korean', 'Kor\tean'),
  ],
  [
    'every playlist promises independent segments',
    inText('picture', '#EXT-X-INDEPENDENT-SEGMENTS\n', ''),
  ],
  [
    'every file is of the type that it is called',
    inFirst('text', () => ({ contentType: 'text/plain' })),
  ],
  [
    'every file is of the type that it is called',
    inFirst('sound', ({ init }) => ({ init: { ...init!, contentType: 'video/mp4' } })),
  ],
  [
    'every URI is relative, and stays below its playlist',
    inMaster('URI="plan1', 'URI="/stream/plan1'),
  ],
  ['every URI is relative, and stays below its playlist', inText('text', '0.vtt', '../0.vtt')],
  [
    'every variant and I-frame stream has all that a player chooses by',
    inMaster(/AVERAGE-BANDWIDTH=\d+,/, ''),
  ],
  [
    'every variant and I-frame stream has all that a player chooses by',
    inMaster(/#EXT-X-STREAM-INF.*\n.*\n/g, ''),
  ],
  ['no variant is there twice', inMaster(/(#EXT-X-STREAM-INF.*\n.*\n)/, '$1$1')],
  ['a frame rate has three decimals, a range is SDR, HLG or PQ', inMaster('=25.000', '=25')],
  [
    'a frame rate has three decimals, a range is SDR, HLG or PQ',
    inMaster('RANGE=SDR', 'RANGE=HDR'),
  ],
  [
    'the first variant, which players begin with, is one that every player takes',
    inMaster('CODECS="avc1', 'CODECS="hvc1'),
  ],
  [
    'every group that a variant names is there, and every group is named',
    inMaster('AUDIO="sound"', 'AUDIO="none"'),
  ],
  [
    'every group that a variant names is there, and every group is named',
    inMaster(/,AUDIO="surround"/g, ''),
  ],
  ['every variant has tracks of the same types', inMaster(',SUBTITLES="subtitles"', '')],
  ['all groups of sound have the same tracks', inMaster(/#EXT-X-MEDIA:TYPE=AUDIO.*\n/, '')],
  ['no two tracks of a group have one name', inMaster('NAME="English"', 'NAME="Korean"')],
  ['a group has one default at most, sound has one', inMaster('DEFAULT=YES', 'DEFAULT=NO')],
  ['a group has one default at most, sound has one', inMaster('DEFAULT=NO', 'DEFAULT=YES')],
  ['DEFAULT, AUTOSELECT and FORCED are YES or NO', inMaster('FORCED=NO', 'FORCED=no')],
  ['what is the default may be chosen by itself', inMaster('AUTOSELECT=YES', 'AUTOSELECT=NO')],
  [
    'tracks that may be chosen by themselves can be told apart',
    inMaster('LANGUAGE="en"', 'LANGUAGE="ko"'),
  ],
  [
    'a track has NAME, DEFAULT, AUTOSELECT and URI, sound has CHANNELS, text has FORCED',
    inMaster(',CHANNELS="2"', ''),
  ],
  [
    'a track has NAME, DEFAULT, AUTOSELECT and URI, sound has CHANNELS, text has FORCED',
    inMaster(',FORCED=NO', ''),
  ],
  ['a language is a tag of BCP 47', inMaster('LANGUAGE="en"', 'LANGUAGE="English"')],
  ['FORCED and CHARACTERISTICS are of text, and known', inMaster('transcribes', 'sings')],
  ['FORCED and CHARACTERISTICS are of text, and known', inMaster('CHANNELS', 'FORCED=NO,CHANNELS')],
  [
    'CODECS names what init segments hold, of the picture and of every sound of its group',
    inInit('picture', (bytes) => bytes.writeUInt8(0x28, fieldsOf(bytes, 'avcC') + 3)),
  ],
  [
    'CODECS names what init segments hold, of the picture and of every sound of its group',
    inMaster('mp4a.40.2', 'mp4a.40.5'),
  ],
  ['RESOLUTION is what the init segment says', inMaster(/RESOLUTION=\d+x/, 'RESOLUTION=100x')],
  [
    'FRAME-RATE is no less than the mean of what is there',
    inMaster('FRAME-RATE=25', 'FRAME-RATE=24'),
  ],
  ['CHANNELS is what the init segment says', inMaster('CHANNELS="6"', 'CHANNELS="2"')],
  [
    'BANDWIDTH is no less than the peak of any run of segments, and no more than any segment has',
    inSegment('picture', (bytes) => Buffer.concat([bytes, Buffer.alloc(5_000)])),
  ],
  [
    'BANDWIDTH is no less than the peak of any run of segments, and no more than any segment has',
    inMaster(/(I-FRAME.*:BANDWIDTH=)\d/, '$1'),
  ],
  [
    'BANDWIDTH is no less than the peak of any run of segments, and no more than any segment has',
    inMaster(/(STREAM-INF:BANDWIDTH=)/, '$11'),
  ],
  [
    'AVERAGE-BANDWIDTH is the average, and no more than BANDWIDTH',
    inMaster('E-BANDWIDTH=', 'E-BANDWIDTH=1'),
  ],
  [
    'a playlist is a whole one that never changes: VOD, from segment 0 to ENDLIST',
    inText('picture', '#EXT-X-ENDLIST\n', ''),
  ],
  [
    'a playlist is a whole one that never changes: VOD, from segment 0 to ENDLIST',
    inText('text', 'VOD', 'EVENT'),
  ],
  [
    'the target duration is a whole number that no rounded duration exceeds',
    inText('text', 'DURATION:6', 'DURATION:5'),
  ],
  [
    'the target duration is a whole number that no rounded duration exceeds',
    inText('text', 'N:6', 'N:6.5'),
  ],
  ['pictures and sounds have one target duration', inText('sound', 'DURATION:6', 'DURATION:7')],
  ['every segment has a duration, in decimals', inText('sound', '#EXTINF:6.000000,\n', '')],
  ['every segment has a duration, in decimals', inText('sound', 'EXTINF:6.000000', 'EXTINF:6')],
  [
    'all renditions have the same boundaries; sound may end earlier',
    inText('text', '6.000000', '5.960000'),
  ],
  [
    'an init segment stands before the first segment of media, of text there is none',
    inText('picture', '#EXT-X-MAP:URI="init.mp4"\n', ''),
  ],
  ['no segment is empty, and none is there twice', inSegment('text', () => Buffer.alloc(0))],
  [
    'every segment begins with a picture or sound that needs nothing before it',
    inSegment('picture', write32('trun', firstFlags, 0x01010000)),
  ],
  [
    'which is an IDR picture of H.264, an IRAP picture of HEVC, a key frame of AV1',
    inSegment('picture', (bytes) => {
      // Behind the type of the box and the length of the unit.
      bytes.writeUInt8(0x41, fieldsOf(bytes, 'mdat') + 4);
      return bytes;
    }),
  ],
  [
    'decode times go on from segment to segment without gap or overlap',
    inSegment('picture', write32('tfdt', tfdt, 6 * 90_000 + 3_600)),
  ],
  [
    'decode times go on from segment to segment without gap or overlap',
    inSegment('sound', write32('tfdt', tfdt, 0)),
  ],
  [
    'what is in a segment is shown from where its playlist says, in the first one no earlier',
    inSegment('sound', write32('tfdt', tfdt, 6 * 48_000 + 2_048)),
  ],
  [
    'a segment ends where its playlist says',
    inSegment('picture', write32('trun', firstDuration, 7_200)),
  ],
  [
    'no picture is shown twice at one time, or has no duration',
    inSegment('picture', write32('trun', firstOffset, 3_600)),
  ],
  [
    'every segment of text says that its times are those of the media',
    inSegment('text', (bytes) =>
      Buffer.from(bytes.toString().replace('MPEGTS:0', 'MPEGTS:900000')),
    ),
  ],
  [
    'a cue stands in a segment in which it can be seen, and in no other',
    inSegment('text', (bytes) =>
      Buffer.concat([bytes, Buffer.from('\n00:13.000 --> 00:14.000\nx\n')]),
    ),
  ],
  [
    'every picture has its I-frames, which are of the same kind',
    inMaster(/#EXT-X-I-FRAME.*\n/, ''),
  ],
  [
    'every picture has its I-frames, which are of the same kind',
    inMaster(/(I-FRAME.*CODECS="avc1.64001f)/, '$1,mp4a.40.2'),
  ],
  [
    'an I-frame playlist says so, has the same init segment, and names every segment',
    inText('i-frames', '#EXT-X-I-FRAMES-ONLY\n', ''),
  ],
  [
    'an I-frame playlist says so, has the same init segment, and names every segment',
    inFirst('i-frames', ({ segments }) => ({ segments: segments.slice(1) })),
  ],
  [
    'the range of an I-frame holds the head of its segment and the first picture, no more',
    inFirst('i-frames', ({ segments }) => ({
      segments: segments.map((each) => ({ ...each, range: { length: 100, offset: 0 } })),
    })),
  ],
];

test('an episode of ours keeps every rule', () => {
  expect(brokenRules(soundEpisode())).toEqual({});
});

test('every rule is broken below', () => {
  const broken = new Set(breakages.map(([rule]) => rule));
  expect([...broken].toSorted()).toEqual(hlsRules.map(({ name }) => name).toSorted());
});

test.each(breakages)('%s', (rule, broken) => {
  expect(Object.keys(brokenRules(broken(soundEpisode())))).toContain(rule);
});
