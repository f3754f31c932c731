import * as HLS from 'hls-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measured } from '../../../src/daemon/streaming/bit-rates.js';
import { iFramePlaylist } from '../../../src/daemon/streaming/i-frame-playlist.js';
import { masterPlaylist } from '../../../src/daemon/streaming/master-playlist.js';
import { mediaPlaylist } from '../../../src/daemon/streaming/media-playlist.js';
import { presentationOf } from '../../../src/daemon/streaming/presentation.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import { picture, planOf, sound, subtitle } from './fixtures.js';

HLS.setOptions({ strictMode: true });
const plan = planOf(0, 6.006, 12.012, 14.014);

function master(renditions: Rendition[], measured = new Map<string, Measured>()): string {
  return masterPlaylist(presentationOf(plan, renditions), measured);
}

function variants(text: string) {
  const parsed = HLS.parse(text);
  if (!parsed.isMasterPlaylist) throw new Error('not a master playlist');
  return parsed.variants;
}

describe('a media playlist', () => {
  test('names every segment from the moment of the plan', () => {
    expect(mediaPlaylist(plan, picture(720))).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-TARGETDURATION:7',
        '#EXT-X-MEDIA-SEQUENCE:0',
        '#EXT-X-PLAYLIST-TYPE:VOD',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-MAP:URI="init.mp4"',
        '#EXTINF:6.006000,',
        '0.m4s',
        '#EXTINF:6.006000,',
        '1.m4s',
        '#EXTINF:2.002000,',
        '2.m4s',
        '#EXT-X-ENDLIST',
        '',
      ].join('\n'),
    );
  });

  test('of subtitles cuts their one file along the plan', () => {
    const text = mediaPlaylist(plan, subtitle(0));
    expect(text.match(/^\d+\.vtt$/gm)).toEqual(['0.vtt', '1.vtt', '2.vtt']);
    expect(text).not.toContain('EXT-X-MAP');
  });

  test('of sound that ends early names only what there will be', () => {
    const text = mediaPlaylist(plan, sound(0, {}, { segmentCount: 2 }));
    expect(text.match(/^\d+\.m4s$/gm)).toEqual(['0.m4s', '1.m4s']);
  });

  test('is valid for any plan, and no segment is longer than its target duration', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 12 * 90_000 }), { minLength: 1 });
    fc.assert(
      fc.property(steps, (ticks) => {
        let at = 0;
        const boundaries = [0, ...ticks.map((step) => (at += step))];
        const row = picture(360, { segmentCount: ticks.length });
        const text = mediaPlaylist({ ...plan, boundaries }, row);
        const parsed = HLS.parse(text) as HLS.types.MediaPlaylist;
        expect(parsed.segments).toHaveLength(ticks.length);
        const longest = Math.max(...parsed.segments.map(({ duration }) => duration));
        expect(parsed.targetDuration).toBeGreaterThanOrEqual(longest);
      }),
    );
  });
});

describe('an I-frame playlist', () => {
  test('names the first picture of every segment as a range of its file', () => {
    const text = iFramePlaylist(plan, [9_000, 12_000, 7_000]);
    expect(text).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-TARGETDURATION:7',
        '#EXT-X-MEDIA-SEQUENCE:0',
        '#EXT-X-PLAYLIST-TYPE:VOD',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-I-FRAMES-ONLY',
        '#EXT-X-MAP:URI="init.mp4"',
        '#EXTINF:6.006000,',
        '#EXT-X-BYTERANGE:9000@0',
        '0.m4s',
        '#EXTINF:6.006000,',
        '#EXT-X-BYTERANGE:12000@0',
        '1.m4s',
        '#EXTINF:2.002000,',
        '#EXT-X-BYTERANGE:7000@0',
        '2.m4s',
        '#EXT-X-ENDLIST',
        '',
      ].join('\n'),
    );
    expect(HLS.parse(text)).toMatchObject({ isIFrame: true, targetDuration: 7 });
  });

  test('is named by the master playlist once its rendition is complete, with its own bit rate', () => {
    const measured = new Map([
      ['720p-v1', { sizes: [6_006_000, 3_003_000, 2_002_000], iFrames: [60_060, 30_030, 20_020] }],
    ]);
    const text = master([picture(720), picture(360, { position: 1 }), sound(0)], measured);
    expect(text.match(/^#EXT-X-I-FRAME-STREAM-INF.*$/gm)).toEqual([
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=80000,AVERAGE-BANDWIDTH=62858,CODECS="avc1.64001f",RESOLUTION=1280x720,VIDEO-RANGE=SDR,URI="plan1/720p/v1/i-frames.m3u8"',
    ]);
    expect(variants(text).filter(({ isIFrameOnly }) => isIFrameOnly)).toHaveLength(1);
  });
});

describe('the master playlist', () => {
  test('says of a fresh plan what players need, with bounds for what is not made yet', () => {
    const text = master([
      picture(1080, { method: 'copied', position: 0 }),
      picture(360, { position: 1 }),
      sound(0, { isDefault: true }),
      subtitle(0, { isDefault: true }),
    ]);
    expect(text).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Korean",LANGUAGE="ko",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="plan1/audio-0/v1/playlist.m3u8"',
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Korean",LANGUAGE="ko",DEFAULT=YES,AUTOSELECT=YES,FORCED=NO,URI="plan1/subtitle-0/v1/playlist.m3u8"',
        '#EXT-X-STREAM-INF:BANDWIDTH=5550000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1920x1080,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO="sound",SUBTITLES="subtitles"',
        'plan1/1080p/v1/playlist.m3u8',
        '#EXT-X-STREAM-INF:BANDWIDTH=1950000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO="sound",SUBTITLES="subtitles"',
        'plan1/360p/v1/playlist.m3u8',
        '',
      ].join('\n'),
    );
    expect(variants(text)).toHaveLength(2);
  });

  test('has 5.1 in a group of its own, behind the stereo that every player can take', () => {
    const english = { language: 'en', label: 'English' };
    const surround = { channels: 6, stream: 1, bandwidthBound: 460_000, isDefault: true };
    const text = master([
      ...[picture(720), picture(360, { position: 1 })],
      ...[sound(0, { isDefault: true }), sound(1, english)],
      sound(0, surround, { name: 'audio-0-surround', position: 5 }),
    ]);
    expect(text.match(/^#EXT-X-MEDIA.*$/gm)).toEqual([
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Korean",LANGUAGE="ko",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="plan1/audio-0/v1/playlist.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="plan1/audio-1/v1/playlist.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="Korean",LANGUAGE="ko",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="6",URI="plan1/audio-0-surround/v1/playlist.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="plan1/audio-1/v1/playlist.m3u8"',
    ]);
    const offered = variants(text).map(({ uri, audio, bandwidth }) => [
      ...[uri.split('/')[1], audio[0]?.groupId, bandwidth],
    ]);
    expect(offered).toEqual([
      ['360p', 'sound', 1_950_000],
      ['720p', 'sound', 3_750_000],
      ['360p', 'surround', 2_260_000],
      ['720p', 'surround', 4_060_000],
    ]);
  });

  test('measures bit rates once every byte is there', () => {
    const sizes = new Map([
      ['720p-v1', { sizes: [6_006_000, 3_003_000, 2_002_000], iFrames: undefined }],
      ['audio-0-v1', { sizes: [60_060, 60_060, 20_020], iFrames: undefined }],
    ]);
    const [variant] = variants(master([picture(720), sound(0)], sizes));
    expect(variant?.bandwidth).toBe(8_000_000 + 80_000);
    expect(variant?.averageBandwidth).toBe(Math.ceil((8 * 11_011_000) / 14.014) + 80_000);
  });

  test('mixes what is measured with a bound while the sound is not complete', () => {
    const sizes = new Map([
      ['720p-v1', { sizes: [6_006_000, 3_003_000, 2_002_000], iFrames: undefined }],
    ]);
    const [variant] = variants(master([picture(720), sound(0)], sizes));
    expect([variant?.bandwidth, variant?.averageBandwidth]).toEqual([8_150_000, undefined]);
  });

  test('lists first what will be there first: a copy, else the lowest', () => {
    const hevc = picture(
      1080,
      { name: 'original', method: 'copied', position: 0 },
      { codecs: 'hvc1.1.6.L120' },
    );
    const encoded = [picture(1080, { position: 1 }), picture(360, { position: 2 })];
    expect(variants(master([hevc, ...encoded]))[0]?.uri).toBe('plan1/360p/v1/playlist.m3u8');
    const copied = picture(720, { method: 'copied', position: 3 });
    expect(variants(master([...encoded, copied]))[0]?.uri).toBe('plan1/720p/v1/playlist.m3u8');
  });

  test('says of a copy in HDR what it is, with its own codec', () => {
    const hevc = picture(
      2160,
      { name: '2160p-hevc', method: 'copied', position: 1 },
      { codecs: 'hvc1.2.4.L150.B0', videoRange: 'PQ' },
    );
    const text = master([picture(1080), hevc, sound(0)]);
    expect(text).toContain('CODECS="hvc1.2.4.L150.B0,mp4a.40.2"');
    expect(variants(text).map(({ uri, videoRange }) => [uri, videoRange])).toEqual([
      ['plan1/1080p/v1/playlist.m3u8', 'SDR'],
      ['plan1/2160p-hevc/v1/playlist.m3u8', 'PQ'],
    ]);
  });

  test('lists only the newest version of a rendition', () => {
    const uris = variants(master([picture(720), picture(720, { version: 2 })])).map((v) => v.uri);
    expect(uris).toEqual(['plan1/720p/v2/playlist.m3u8']);
  });

  test('of a video without sound names no sound', () => {
    const text = master([picture(720)]);
    expect(text).not.toContain('AUDIO');
    expect(variants(text)[0]?.codecs).toBe('avc1.64001f');
  });

  test('has one default sound, the first where the source names none', () => {
    const [variant] = variants(master([picture(720), sound(0), sound(1, { language: 'en' })]));
    expect(variant?.audio.map((track) => track.isDefault)).toEqual([true, false]);
  });

  test('lets players choose by language only among tracks they can tell apart', () => {
    const tracks = [sound(0, { label: 'Korean' }), sound(1, { label: 'Commentary' })];
    const [variant] = variants(master([picture(720), ...tracks]));
    expect(variant?.audio.map((track) => track.autoselect)).toEqual([true, false]);
  });

  test('gives tracks of one name different names, and nameless ones a name', () => {
    const tracks = [sound(0), sound(1), sound(2, { label: '', language: 'und' })];
    const [variant] = variants(master([picture(720), ...tracks]));
    expect(variant?.audio.map((track) => track.name)).toEqual(['Korean', 'Korean 2', 'Track']);
    expect(variant?.audio[2]?.language).toBeUndefined();
  });

  test('keeps a name readable', () => {
    const label = 'Director\'s "cut", 한국어';
    const [variant] = variants(master([picture(720), sound(0, { label })]));
    expect(variant?.audio[0]?.name).toBe('Director’s ”cut”, 한국어');
  });

  test('stays one line a tag whatever a track is called', () => {
    const unit = fc.mapToConstant(
      { num: 128, build: (code) => String.fromCharCode(code) },
      { num: 2, build: (code) => String.fromCharCode(0x2028 + code) },
      { num: 2, build: (code) => String.fromCharCode(0xd800 + code) },
    );
    fc.assert(
      fc.property(fc.string({ unit }), fc.string(), (label, other) => {
        const hostile = `${label}"\n#EXT-X-ENDLIST\r${other}`;
        const text = master([picture(720), sound(0, { label: hostile }), subtitle(0, { label })]);
        expect(text.trim().split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(7);
        expect(variants(text)[0]?.audio).toHaveLength(1);
      }),
    );
  });
});
