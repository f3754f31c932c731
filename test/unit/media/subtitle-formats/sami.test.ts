import { describe, expect, it } from 'vitest';
import { readSami } from '../../../../src/daemon/media/subtitle-formats/sami.js';

const style = `<STYLE TYPE="text/css"><!--
P { font-family:Arial; }
.KRCC { Name:Korean; lang:ko-KR; SAMIType:CC; }
.ENCC { Name:"English"; lang:en-US; SAMIType:CC; }
--></STYLE>`;
const sami = (body: string, head = style) =>
  `<SAMI><HEAD>${head}</HEAD><BODY>${body}</BODY></SAMI>`;

function tracks(text: string) {
  return readSami(text).map(({ language, label, cues }) => ({
    ...{ language, label },
    cues: cues.map(({ startMs, endMs, text: words }) => `${startMs}-${endMs} ${words}`),
  }));
}

describe('SAMI', () => {
  it('gives a track for each language, whose cues end at the next sync of the same class', () => {
    const body = `
<SYNC Start=1000><P Class=KRCC>안녕<br>하세요
<SYNC Start=1200><P Class=ENCC>Hello
<SYNC Start=2000><P Class=KRCC>&nbsp;
<SYNC Start=3000><P Class=ENCC>&nbsp;
<SYNC Start=4000><P Class=KRCC>네.<P Class=ENCC>Yes.
<SYNC Start=5000><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;`;
    expect(tracks(sami(body))).toEqual([
      { language: 'ko', label: 'Korean', cues: ['1000-2000 안녕\n하세요', '4000-5000 네.'] },
      { language: 'en', label: 'English', cues: ['1200-3000 Hello', '4000-5000 Yes.'] },
    ]);
  });

  it('stays for as long as the next sync says, however long that is', () => {
    const body = `<SYNC Start=1000><P Class=KRCC>비<SYNC Start=2000><P Class=ENCC>Rain
<SYNC Start=91000><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;`;
    expect(tracks(sami(body)).map(({ cues }) => cues)).toEqual([
      ['1000-91000 비'],
      ['2000-91000 Rain'],
    ]);
  });

  it('reads any spelling of tags and attributes, closed or not', () => {
    const body = `<sync start="1000" end='2000'><p class='krcc'><font color="red"><I>비</I></font></p></sync>
<Sync  Start = 2500 ><P ID=Source Class=KRCC></P></Sync>`;
    expect(tracks(sami(body))[0]?.cues).toEqual(['1000-2500 <i>비</i>']);
  });

  it('takes a text without a class for the first language, and knows a class that nobody described', () => {
    const body = '<SYNC Start=1000>비<SYNC Start=2000><P>눈<SYNC Start=3000><P Class=JPCC>雨';
    expect(tracks(sami(body))).toEqual([
      { language: 'ko', label: 'Korean', cues: ['1000-2000 비', '2000-7000 눈'] },
      { language: 'ja', label: undefined, cues: ['3000-8000 雨'] },
    ]);
    expect(tracks(sami('<SYNC Start=1><P>비', ''))).toEqual([
      { language: undefined, label: undefined, cues: ['1-5001 비'] },
    ]);
    expect(tracks(sami('<SYNC Start=1><P Class=constructor>비', ''))).toMatchObject([
      { language: undefined },
    ]);
  });

  it('reads character references, and leaves what could be a tag one no more', () => {
    const body =
      '<SYNC Start=1><P Class=KRCC>&#48708;&nbsp;&quot;A&quot; &lt;b&gt; &#60;i&#62; &amp; &copy<!-- no -->';
    expect(tracks(sami(body))[0]?.cues).toEqual(['1-5001 비\u00a0"A" &lt;b&gt; &lt;i> &amp; ©']);
  });

  it('keeps words between angle brackets', () => {
    const body = '<SYNC Start=1><P Class=KRCC><뉴스 속보> 비가 <b>옵니다</b> 1 < 2 > 0';
    expect(tracks(sami(body))[0]?.cues).toEqual([
      '1-5001 &lt;뉴스 속보> 비가 <b>옵니다</b> 1 &lt; 2 > 0',
    ]);
  });

  it('knows a language that is called by its country', () => {
    const head = '<STYLE>.A {Name:한국어; lang:kr-KR;} .B {Name:日本語; lang:jp-JP;}</STYLE>';
    const body = '<SYNC Start=1><P Class=A>비<P Class=B>雨';
    expect(tracks(sami(body, head)).map(({ language }) => language)).toEqual(['ko', 'ja']);
  });

  it('puts syncs in order, and two at the same time together', () => {
    const body =
      '<SYNC Start=5000><P Class=KRCC>둘<SYNC Start=1000><P Class=KRCC>하나<SYNC Start=1000><P Class=KRCC>또';
    expect(tracks(sami(body))[0]?.cues).toEqual(['1000-5000 하나\n또', '5000-10000 둘']);
  });

  it('has no tracks where nothing is said', () => {
    expect(tracks(sami('<SYNC Start=1000><P Class=KRCC>&nbsp;'))).toEqual([]);
    expect(tracks('')).toEqual([]);
    expect(tracks('<SAMI><SYNC><P>no time')).toEqual([]);
  });
});
