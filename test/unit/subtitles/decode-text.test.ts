import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeAs, decodeText } from '../../../src/daemon/media/text-encoding/decode-text.js';
import { encodingNamed, encodings } from '../../../src/shared/text-encodings.js';

const korean = ['오늘 밤은 비가 온대요.', '우산 가져왔어요?', '뷁! 쨰깍쨰깍 시계 소리가 들려요.'];
const written = {
  cp949: korean,
  shift_jis: ['今夜は雨が降るそうです。', '傘を持ってきましたか？', 'いいえ、走ればいい。'],
  'euc-jp': ['今夜は雨が降るそうです。', '傘を持ってきましたか？', 'いいえ、走ればいい。'],
  gb18030: ['今晚会下雨。', '你带伞了吗？', '没有，我们一起跑回家吧。'],
  big5: ['今晚會下雨。', '你帶傘了嗎？', '沒有，我們一起跑回家吧。'],
  'windows-1250': ['Dziś wieczorem będzie padać.', 'Wziąłeś parasol?', 'Nie, mogę pobiec. Żółć!'],
  'windows-1251': ['Сегодня вечером будет дождь.', 'Вы взяли зонт?', 'Нет, я побегу.'],
  'windows-1252': ['Où êtes-vous né ?', 'Ça va très bien, “merci”.', 'Élan à la façon française…'],
  'windows-1253': ['Απόψε θα βρέξει.', 'Έφερες ομπρέλα;', 'Όχι, θα τρέξω.'],
  'windows-1254': ['Bu gece yağmur yağacak.', 'Şemsiye getirdin mi?', 'Hayır, koşarım işte.'],
  'windows-1255': ['הלילה ירד גשם.', 'הבאת מטריה?', 'לא, אני אוכל לרוץ.'],
  'windows-1256': ['الليلة ستمطر.', 'هل أحضرت مظلة؟', 'لا، يمكنني الركض.'],
  'windows-874': ['คืนนี้ฝนจะตก', 'คุณเอาร่มมาไหม', 'ไม่ ฉันวิ่งได้'],
  'koi8-r': ['Сегодня вечером будет дождь.', 'Вы взяли зонт?', 'Нет, я побегу.'],
} as const;
const languages = {
  ...{ cp949: 'ko', shift_jis: 'ja', 'euc-jp': 'ja', gb18030: 'zh', big5: 'zh-TW' },
  ...{ 'windows-1250': 'pl', 'windows-1251': 'ru', 'windows-1252': 'fr', 'windows-1253': 'el' },
  ...{ 'windows-1254': 'tr', 'windows-1255': 'he', 'windows-1256': 'ar', 'windows-874': 'th' },
  'koi8-r': 'ru',
} as const;

function srt(lines: readonly string[]): string {
  return lines
    .map((line, n) => `${n + 1}\r\n00:00:0${n},000 --> 00:00:0${n},900\r\n${line}\r\n`)
    .join('\r\n');
}

describe('the text of a subtitle file', () => {
  it.each(Object.keys(written) as (keyof typeof written)[])(
    'is found in %s by its bytes',
    (name) => {
      const text = srt(written[name]);
      const decoded = decodeText(iconv.encode(text, name));
      // Turkish has six letters that Windows-1252 has others for: only its language tells them apart.
      if (name === 'windows-1254') return;
      expect(decoded).toEqual({ text, encoding: name });
    },
  );

  it.each(Object.entries(languages))(
    'is found in %s by the language %s of its name',
    (name, language) => {
      const text = srt(written[name as keyof typeof written]);
      expect(decodeText(iconv.encode(text, name), language)).toEqual({ text, encoding: name });
    },
  );

  it('is Korean by its name where it is one rare syllable, and nothing else is by it', () => {
    const rare = srt(['뷁']);
    expect(decodeText(iconv.encode(rare, 'cp949'), 'ko')).toEqual({
      text: rare,
      encoding: 'cp949',
    });
    const thai = iconv.encode(srt(written['windows-874']), 'windows-874');
    expect(decodeText(thai, 'ko')?.encoding).toBe('windows-874');
  });

  it('may have NUL at the ends of its lines', () => {
    expect(decodeText(Buffer.from('Hello, whoever reads this\0\n세계\n'))?.text).toBe(
      'Hello, whoever reads this\n세계\n',
    );
  });

  it('is UTF-8 where all bytes are, whatever characters they stand for', () => {
    for (const text of [
      'Wie geht\u0092s? Schöne Grüße',
      '30m²짜리 원룸이에요. 설탕½컵',
      '비\ufffd가 \ue000온다',
    ]) {
      for (const language of ['de', 'ko', undefined]) {
        expect(decodeText(Buffer.from(text), language)).toEqual({ text, encoding: 'utf-8' });
      }
      expect(decodeText(iconv.encode(text, 'utf-8', { addBOM: true }))?.text).toBe(text);
      expect(decodeAs(Buffer.from(text), 'utf-8')?.text).toBe(text);
    }
    expect(decodeAs(Uint8Array.of(0xeb, 0xb9, 0x41), 'utf-8')).toBeUndefined();
  });

  it('may end as files of DOS do, and have fractions within Korean words', () => {
    const text = srt(['설탕½컵을 넣어 주세요', '그리고 잘 저어 주세요']);
    const bytes = Buffer.concat([iconv.encode(text, 'cp949'), Buffer.of(0x1a)]);
    expect(decodeText(bytes, 'ko')).toEqual({ text, encoding: 'cp949' });
    expect(decodeText(Buffer.from(`${text}\u001a`))).toEqual({ text, encoding: 'utf-8' });
  });

  it('is found to be Korean in a few words', () => {
    for (const text of ['안녕하세요 세계', '비가 많이 오네요.']) {
      expect(decodeText(iconv.encode(text, 'cp949'))).toEqual({ text, encoding: 'cp949' });
    }
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('is %s with and without a mark', (encoding) => {
    const text = srt(korean);
    for (const addBOM of [true, false]) {
      const bytes = iconv.encode(text, encoding, { addBOM });
      expect(decodeText(bytes)).toEqual({ text, encoding });
    }
  });

  it('is CP949 even where half of it is not in EUC-KR', () => {
    const text = srt(['뷁', '쨰깍쨰깍', '오늘 밤은 비가 온대요.', '우산 가져왔어요?']);
    expect(decodeText(iconv.encode(text, 'cp949'))?.text).toBe(text);
    expect(encodingNamed('EUC-KR')).toBe('cp949');
  });

  it('is not taken for what a wrong language in its name says', () => {
    const text = srt(korean);
    for (const language of ['en', 'ja', 'zh', 'ru', 'he']) {
      expect(decodeText(iconv.encode(text, 'cp949'), language)?.text).toBe(text);
    }
  });

  it('is not taken for Chinese where it is Japanese', () => {
    const text = srt(written.shift_jis);
    for (const language of ['zh', 'ko', 'en']) {
      expect(decodeText(iconv.encode(text, 'shift_jis'), language)?.text).toBe(text);
    }
  });

  it('is found behind any length of ASCII, and whole where it is longer than a sample', () => {
    const head = '; nothing but a comment\r\n'.repeat(8000);
    for (const encoding of ['cp949', 'shift_jis', 'gb18030', 'windows-1251', 'utf-8'] as const) {
      const lines = written[encoding === 'utf-8' ? 'cp949' : encoding];
      const text = head + srt(lines).repeat(2000);
      expect(decodeText(iconv.encode(text, encoding))).toEqual({ text, encoding });
    }
    const late = Buffer.concat([
      iconv.encode(srt(korean).repeat(2000), 'cp949'),
      Buffer.from([0xff, 0xff]),
    ]);
    expect(decodeText(late)).toBeUndefined();
  });

  it('is not ASCII behind an escape sequence of ISO 2022, nor is that lost silently', () => {
    const old = Buffer.from(srt(['\x1b$)C\x0e?@4C\x0f', '\x1b$B:#LkO\x1b(B']), 'latin1');
    expect(decodeText(old)).toBeUndefined();
    expect(decodeText(Buffer.from(srt(['\x1b[1m$5'])))?.encoding).toBe('utf-8');
  });

  it('is not made up of bytes that are none', () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, n) => (n * 7919 + (n >> 3)) & 0xff);
    expect(decodeText(noise)).toBeUndefined();
    expect(decodeAs(Uint8Array.of(0xff, 0xff, 0x41), 'cp949')).toBeUndefined();
  });

  it('is empty for an empty file', () => {
    expect(decodeText(new Uint8Array())?.text).toBe('');
  });

  it('knows every encoding by its own name', () => {
    expect(encodings.map((name) => encodingNamed(name.toUpperCase()))).toEqual([...encodings]);
    for (const none of ['ebcdic', 'constructor']) expect(encodingNamed(none)).toBeUndefined();
  });
});
