import { describe, expect, it } from 'vitest';
import { languageOfWord } from '../../../src/shared/sidecars/language-words.js';
import { sidecarName, trailingName } from '../../../src/shared/sidecars/subtitle-name.js';
import { videoOfSubtitle } from '../../../src/shared/sidecars/subtitle-places.js';

describe('the name of a subtitle file beside Title.E01.mkv', () => {
  const says = (name: string) => {
    const read = sidecarName('Title.E01.mkv', name);
    if (read === undefined) return undefined;
    const { language = '', isForced, isSdh } = read;
    return [language, isForced ? 'forced' : '', isSdh ? 'sdh' : ''].filter(Boolean).join(' ');
  };

  it.each([
    ['Title.E01.srt', ''],
    ['Title.E01.smi', ''],
    ['title.e01.KO.SRT', 'ko'],
    ['Title.E01.ko.srt', 'ko'],
    ['Title.E01.kor.sami', 'ko'],
    ['Title.E01.kr.smi', 'ko'],
    ['Title.E01.eng.ass', 'en'],
    ['Title.E01.English.ssa', 'en'],
    ['Title.E01.한국어.srt', 'ko'],
    ['Title.E01.한글자막.smi', 'ko'],
    ['Title.E01.日本語.srt', 'ja'],
    ['Title.E01.en.forced.srt', 'en forced'],
    ['Title.E01.forced.en.vtt', 'en forced'],
    ['Title.E01.en.sdh.srt', 'en sdh'],
    ['Title.E01.en.cc.srt', 'en sdh'],
    ['Title.E01.en.hi.srt', 'en sdh'],
    ['Title.E01.hi.srt', 'hi'],
    ['Title.E01.pt-BR.srt', 'pt-BR'],
    ['Title.E01.zh-Hant.srt', 'zh-Hant'],
    ['Title.E01.zh-TW.srt', 'zh-TW'],
    ['Title.E01.chs.srt', 'zh-Hans'],
    ['Title.E01.fre.srt', 'fr'],
    ['Title.E01_ko.srt', 'ko'],
    ['Title.E01-en-forced.srt', 'en forced'],
    ['Title.E01 (ko).srt', 'ko'],
    ['Title.E01 [English SDH].srt', 'en sdh'],
    ['Title.E01.default.ko.srt', 'ko'],
    ['Title.E01.2.ko.srt', 'ko'],
  ])('%s says "%s"', (name, expected) => expect(says(name)).toBe(expected));

  it.each([
    ...['Title.E010.srt', 'Title.E01.Extended.ko.srt', 'Title.E01.E02.srt', 'Title.srt'],
    ...['Title.E02.ko.srt', 'Title.E01.2.srt', 'Title.E01ko.srt', 'Title.E01.qqx.srt'],
    'Title.E01.constructor.srt',
  ])('%s is not its own', (name) => expect(says(name)).toBeUndefined());

  it('is compared as people read it, whatever the form of its letters', () => {
    const [video, subtitle] = ['비.E02.mp4'.normalize('NFD'), '비.E02.ko.smi'.normalize('NFC')];
    expect(sidecarName(video, subtitle)?.language).toBe('ko');
  });
});

it('what somebody attaches by hand says something in its last words only', () => {
  expect(trailingName('Whatever It Is.eng.forced.srt')).toMatchObject({
    ...{ language: 'en', isForced: true },
  });
  expect(trailingName('Let it.srt').language).toBeUndefined();
  expect(trailingName('a.b.srt').language).toBeUndefined();
});

describe('which video a subtitle file belongs to', () => {
  const videos = ['Rain/E01.mkv', 'Rain/E01.Extended.mkv', 'Rain/E02.mkv', 'E02.mkv'];
  const owner = (path: string) => videoOfSubtitle(path, videos)?.video;

  it.each([
    ['Rain/E01.ko.srt', 'Rain/E01.mkv'],
    ['Rain/E01.Extended.ko.srt', 'Rain/E01.Extended.mkv'],
    ['Rain/Subs/E02.ko.srt', 'Rain/E02.mkv'],
    ['Rain/subtitles/E02.srt', 'Rain/E02.mkv'],
    ['Rain/자막/E02.smi', 'Rain/E02.mkv'],
    ['Rain/Subs/E01/2_English.srt', 'Rain/E01.mkv'],
    ['E02.ko.srt', 'E02.mkv'],
  ])('%s → %s', (path, video) => expect(owner(path)).toBe(video));

  it.each([
    'Rain/E03.ko.srt',
    'Other/E01.srt',
    'Rain/Extras/E01.srt',
    'Subs/E01.srt',
    'Rain/E01.sup',
  ])('%s → none', (path) => expect(owner(path)).toBeUndefined());
});

describe('a subtitle file without the name of a video, in a Subs folder', () => {
  const owner = (...videos: readonly string[]) =>
    videoOfSubtitle('Rain/Subs/2_English.srt', videos);

  it('belongs to the video that is alone beside that', () => {
    expect(owner('Rain/Rain.2014.mkv', 'Other/E01.mkv')).toMatchObject({
      ...{ video: 'Rain/Rain.2014.mkv', says: { language: 'en' } },
    });
  });

  it('belongs to none of several, and to none elsewhere', () => {
    expect(owner('Rain/E01.mkv', 'Rain/E02.mkv')).toBeUndefined();
    expect(owner('Rain.mkv')).toBeUndefined();
  });

  it('belongs to none where its name says something else', () => {
    expect(videoOfSubtitle('Rain/Subs/Bonus.srt', ['Rain/E01.mkv'])).toBeUndefined();
  });
});

it('a word is a language only where somebody speaks it', () => {
  const words = ['ko', 'kor', 'en-US', 'KOREAN', 'part', 'x264', 'e02', 'web', 'qqx', 'zh_tw'];
  expect(words.map((word) => languageOfWord(word))).toEqual([
    ...['ko', 'ko', 'en-US', 'ko', undefined, undefined, undefined, undefined, undefined, 'zh-TW'],
  ]);
});
