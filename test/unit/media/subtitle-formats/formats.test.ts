import { describe, expect, it } from 'vitest';
import { formatOf, readTracks } from '../../../../src/daemon/media/subtitle-formats/read-tracks.js';
import { cleanText } from '../../../../src/daemon/media/subtitle-formats/clean-text.js';
import { writeWebVtt } from '../../../../src/daemon/media/subtitle-formats/write-webvtt.js';

function cues(text: string): string[] {
  const format = formatOf(text);
  if (format === undefined) return [];
  return readTracks(text, format).flatMap((track) =>
    track.cues.map(({ startMs, endMs, text: words }) => `${startMs}-${endMs} ${words}`),
  );
}

describe('SubRip', () => {
  it('is read with commas, points, missing hours and any line ends', () => {
    const text =
      '1\r\n00:00:01,000 --> 00:00:02,500\r\nOne\r\n\r\n2\r\n00:03.0 --> 00:04.25\r\nTwo\r\nlines\r\n';
    expect(cues(text)).toEqual(['1000-2500 One', '3000-4250 Two\nlines']);
  });

  it('loses neither what stands behind a blank line nor cues without one between them', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\nOne\n\nstill one\n2\n00:00:03,000 --> 00:00:04,000\n7';
    expect(cues(text)).toEqual(['1000-2000 One\n\nstill one', '3000-4000 7']);
    const [track] = readTracks(text, 'srt');
    expect(writeWebVtt(track?.cues ?? [])).toContain('One\nstill one\n\n00:00:03.000');
  });

  it('shows a cue whose end is not behind its start until the next one, 5 s at most', () => {
    const zero = (at: string) => `00:00:${at},000 --> 00:00:${at},000\n${at}\n`;
    expect(cues([zero('01'), zero('03'), zero('20')].join('\n'))).toEqual([
      ...['1000-3000 01', '3000-8000 03', '20000-25000 20'],
    ]);
  });

  it('keeps cues that overlap, in the order of their start', () => {
    const text = '00:00:05,000 --> 00:00:09,000\nB\n\n00:00:01,000 --> 00:00:06,000\nA';
    expect(cues(text)).toEqual(['1000-6000 A', '5000-9000 B']);
  });

  it('keeps what stands between angle brackets and is no markup', () => {
    const text =
      '<Kim> <door opens> 5 < 6 > 4 <A man> </Kim>\n<font color="red">r</font><br/>b<center></center>';
    const literal = '&lt;Kim> &lt;door opens> 5 &lt; 6 > 4 &lt;A man> &lt;/Kim>\nr\nb';
    const [track] = readTracks(`00:00:01,000 --> 00:00:02,000\n${text}`, 'srt');
    expect(writeWebVtt(track?.cues ?? [])).toBe(
      `WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n${literal}\n`,
    );
  });

  it('may have times without a fraction, or with more digits than three', () => {
    const text = '00:01:30 --> 00:01:33\nA\n\n0:01:34.500000 --> 0:01:35.250000\nB';
    expect(cues(text)).toEqual(['90000-93000 A', '94500-95250 B']);
  });

  it('has lines, whatever ends them', () => {
    const text = '1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n';
    for (const end of ['\r', '\r\n', '\r\r\n']) {
      expect(cues(text.replaceAll('\n', end))).toEqual(['1000-2000 A', '3000-4000 B']);
    }
  });

  it('is nothing where nothing is in it', () => {
    expect(cues('')).toEqual([]);
    expect(cues('\n\n')).toEqual([]);
    expect(readTracks('1\n00:00:01,000 --> 00:00:02,000\n\n', 'srt')).toEqual([]);
  });
});

describe('WebVTT', () => {
  it('ends a cue at a blank line and skips what is no cue', () => {
    const text =
      'WEBVTT\n\nSTYLE\n::cue { color: red }\n\nid\n00:01.000 --> 00:02.000 line:0\nOne\n\nNOTE no\n';
    expect(cues(text)).toEqual(['1000-2000 One']);
  });

  it('has words that are lit one after the other all at once', () => {
    const text = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<00:00:01.500>One <00:01.700><b>two</b>\n';
    expect(cues(text)).toEqual(['1000-2000 One <b>two</b>']);
  });
});

describe('SubStation Alpha', () => {
  const script = (...lines: string[]) =>
    ['[Script Info]', 'ScriptType: v4.00+', '', '[Events]', ...lines].join('\r\n');
  const format = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

  it('keeps italics, bold and underline, and commas, and drops other looks', () => {
    const line = String.raw`Dialogue: 0,0:00:02.00,0:00:05.50,Default,,0,0,0,,{\i1\fad(1,2)}Rain,{\i0} it {\b1\c&HFF&}says\Nso & <3`;
    expect(cues(script(format, line))).toEqual([
      '2000-5500 <i>Rain,</i> it <b>says\nso &amp; &lt;3</b>',
    ]);
  });

  it('has the italics, bold and underline of a style, until a text says otherwise', () => {
    const head = [
      ...['[V4+ Styles]', 'Format: Name, Fontname, Bold, Italic, Underline'],
      ...['Style: Thought,Arial,0,-1,0', 'Style: Sign,Arial,-1,0,1', '', '[Events]', format],
    ];
    const line = (style: string, text: string) =>
      `Dialogue: 0,0:00:01.00,0:00:02.00,${style},,0,0,0,,${text}`;
    const text = [
      ...head,
      line('*Thought', String.raw`I see{\i0} you{\rSign} there{\r}!`),
      line('Sign', 'Exit'),
      line('Unknown', String.raw`{\i1}{\b1}a{\i0}b`),
    ].join('\n');
    expect(cues(text)).toEqual([
      '1000-2000 <i>I see</i> you<b><u> there</u></b><i>!</i>',
      '1000-2000 <b><u>Exit</u></b>',
      '1000-2000 <i><b>a</b></i><b>b</b>',
    ]);
  });

  it('has the look of its style again where a text says so', () => {
    const style = '[V4+ Styles]\nFormat: Name, Italic\nStyle: Thought,-1\n[Events]\n';
    const text = String.raw`{\i0 }a{\i}b {never closed`;
    const line = `Dialogue: 0,0:00:01.00,0:00:02.00,Thought,,0,0,0,,${text}`;
    expect(cues(`${style}${format}\n${line}`)).toEqual(['1000-2000 a<i>b {never closed</i>']);
  });

  it('shows no line without a length', () => {
    const note = 'Dialogue: 0,0:00:00.00,0:00:00.00,Default,,0,0,0,,==== PART A ====';
    expect(cues(script(format, note))).toEqual([]);
  });

  it('shows neither drawings nor comments', () => {
    const drawing = String.raw`Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\p1}m 0 0 l 100 0{\p0}`;
    const comment = 'Comment: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,nobody';
    expect(cues(script(format, drawing, comment))).toEqual([]);
  });

  it('goes by the columns that the file names', () => {
    const line = 'Dialogue: 0:00:01.50,0:00:02.00,words, and words';
    expect(cues(script('Format: Start, End, Text', line))).toEqual(['1500-2000 words, and words']);
  });
});

describe('what is written', () => {
  it('cannot smuggle a cue timing or a tag into a text', () => {
    expect(cleanText('a --> b')).toBe('a --&gt; b');
    expect(cleanText('<<i>i>x')).not.toMatch(/<(?!\/?[ibu]>)/);
    expect(cleanText('<i.loud.far>비</i> <v.x Kim>가</v>')).toBe('<i>비</i> 가');
  });

  it('ends with its own words: where tags alone stood is no blank line', () => {
    const written = (text: string) =>
      writeWebVtt(readTracks(`00:00:01,000 --> 00:00:02,000\n${text}`, 'srt')[0]?.cues ?? []);
    const cue = (text: string) => `WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n${text}\n`;
    expect(written('<font color="#ffff00">\nHello\n</font>')).toBe(cue('Hello'));
    expect(written('Hi\n<font>\nSTYLE\n::cue { color: red }\n</font>')).toBe(
      cue('Hi\nSTYLE\n::cue { color: red }'),
    );
    expect(written('<i>\n</i>')).toBe('WEBVTT\n');
    expect(written(String.raw`{\an7}\h\hHELLO\NWorld`)).toBe(cue('\u00a0\u00a0HELLO\nWorld'));
  });

  it('is once what several layers say at the same time', () => {
    const line = '00:00:01,000 --> 00:00:02,000\nExit\n\n';
    const [track] = readTracks(`${line}${line}${line.replace('02', '03')}`, 'srt');
    expect(writeWebVtt(track?.cues ?? []).match(/Exit/g)).toHaveLength(2);
  });

  it('holds nothing of a stranger but text and three tags', () => {
    const text = '<img src=x onerror=alert(1)><I>a</I> <script>b</script> --> 1 < 2\u0000 <b';
    const [track] = readTracks(`00:00:01,000 --> 00:00:02,000\n${text}`, 'srt');
    expect(writeWebVtt(track?.cues ?? [])).toBe(
      'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<i>a</i> b --&gt; 1 &lt; 2 &lt;b\n',
    );
  });
});
