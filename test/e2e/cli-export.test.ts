import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bash } from '../support/bash.js';
import { addChapters } from '../support/chaptered-clip.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip } from '../support/clips.js';
import { pictureSubtitles } from '../support/picture-subtitles.js';
import { inSeconds, jsonWebToken } from '../support/json-web-token.js';

const run = promisify(execFile);
const seconds = 8;
const frames = seconds * episodeClip.framesPerSecond;
const secret = 'a secret that is shared with other programs';
const script = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Alignment, MarginL, MarginR, MarginV
Style: Sign,Gothic,48,&H0000FFFF,0,0,8,10,10,10

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.50,0:00:02.50,Sign,,0,0,0,,{\\pos(10,10)}Une pancarte
`;

let cli: CliHome;
let clip: string;
let videoId: string;
beforeAll(async () => {
  cli = await cliHome({ KDRAMA_JWT_SECRET: secret });
  clip = join(cli.home, 'clip.mkv');
  const parts = [
    { start: 0, end: 3, title: 'One' },
    { start: 3, end: seconds, title: '둘' },
  ];
  await addChapters(await makeClip({ ...episodeClip, size: '640x360', seconds }), clip, parts);
  const said = ['--series=Goblin', '--season=1', '--episode=3', '--title=The end'];
  videoId = (await cli.kdrama('upload', clip, '-q', '--wait', ...said)).out.trim();
  writeFileSync(join(cli.home, 'clip.fr.forced.ass'), script);
  await cli.kdrama('subtitle', 'add', videoId, join(cli.home, 'clip.fr.forced.ass'));
}, 60_000);
afterAll(() => cli.remove());

interface Probed {
  readonly streams: readonly {
    readonly codec_name: string;
    readonly nb_read_packets: string;
    readonly channels?: number;
    readonly disposition: Readonly<Record<string, number>>;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly chapters: readonly { readonly tags: { readonly title: string } }[];
  readonly format: { readonly duration: string; readonly tags: Readonly<Record<string, string>> };
}

async function probe(path: string): Promise<Probed> {
  const show = ['-show_streams', '-show_format', '-show_chapters', '-count_packets'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...show, '-of', 'json', path]);
  return JSON.parse(stdout) as Probed;
}

/** What ffmpeg makes of some tracks of a file. */
async function made(path: string, tracks: string, format: string): Promise<string> {
  const given = `-v error -i ${path} -map ${tracks} -f ${format} -`;
  return (await run('ffmpeg', given.split(' '))).stdout;
}

/** Of every picture of a file, decoded: the source has them too. */
async function pictures(path: string): Promise<readonly string[]> {
  const text = await made(path, '0:v', 'framemd5');
  return text.split('\n').flatMap((line) => /\w{32}$/.exec(line) ?? []);
}

async function exported(name: string, ...options: string[]): Promise<string> {
  const path = join(cli.home, name);
  const { exit, err } = await cli.kdrama('export', videoId, '-o', path, ...options);
  expect([exit, err]).toEqual([0, expect.stringContaining('Wrote Goblin S01E03 “The end”')]);
  return path;
}

describe('export', () => {
  test('to .mkv is all of the episode: picture, sounds, subtitles, scripts with their looks, chapters', async () => {
    const path = await exported('all.mkv');
    const { streams, chapters, format } = await probe(path);
    const told = streams.map(({ codec_name: codec, tags, disposition }) => [
      ...[codec, tags['language'], tags['title'], disposition['default'], disposition['forced']],
    ]);
    expect(told).toEqual([
      ['h264', undefined, undefined, 1, 0],
      ['aac', 'kor', 'Korean', 1, 0],
      ['aac', 'eng', 'English', 0, 0],
      ['subrip', 'kor', 'Korean', 0, 0],
      ['subrip', 'eng', 'English', 0, 0],
      ['ass', 'fra', 'français (forced)', 0, 1],
    ]);
    expect(chapters.map(({ tags }) => tags.title)).toEqual(['One', '둘']);
    expect(format.tags).toMatchObject({ title: 'The end', SHOW: 'Goblin', EPISODE_SORT: '3' });
    expect(Number(format.duration)).toBeCloseTo(seconds, 0);
    expect(await pictures(path)).toEqual(await pictures(clip));
    expect(await made(path, '0:s:0', 'srt')).toBe(await made(clip, '0:s:0', 'srt'));
    expect(await made(path, '0:s:2', 'ass')).toContain(String.raw`{\pos(10,10)}Une pancarte`);
  });

  test('to .mp4 is a file like any other: an index in front, no pieces, timed text', async () => {
    const path = await exported('all.mp4');
    const { streams, chapters, format } = await probe(path);
    const told = streams.map(({ codec_name: codec, tags }) => [
      ...[codec, tags['language'], tags['handler_name']],
    ]);
    expect(told.filter(([codec]) => codec !== 'bin_data')).toEqual([
      ['h264', 'und', 'VideoHandler'],
      ['aac', 'kor', 'Korean'],
      ['aac', 'eng', 'English'],
      ['mov_text', 'kor', 'Korean'],
      ['mov_text', 'eng', 'English'],
      ['mov_text', 'fra', 'français (forced)'],
    ]);
    expect(chapters.map(({ tags }) => tags.title)).toEqual(['One', '둘']);
    expect(format.tags).toMatchObject({ title: 'The end', show: 'Goblin', season_number: '1' });
    expect(Number(streams[0]?.nb_read_packets)).toBe(frames);
    expect(await pictures(path)).toEqual(await pictures(clip));
    expect(await made(path, '0:s:0', 'srt')).toBe(await made(clip, '0:s:0', 'srt'));
    const bytes = readFileSync(path);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(bytes.includes('moof')).toBe(false);
  });

  test('takes the quality, the sounds and the subtitles that are asked for, in that order', async () => {
    const some = ['--audio', 'English,ko', '--subtitles=eng', '--quality=360p'];
    const { streams } = await probe(await exported('some.mkv', ...some));
    expect(streams.map(({ codec_name: codec, tags }) => [codec, tags['language']])).toEqual([
      ...[
        ['h264', undefined],
        ['aac', 'eng'],
        ['aac', 'kor'],
        ['subrip', 'eng'],
      ],
    ]);
    const mute = await probe(await exported('mute.mp4', '--audio=none', '--subtitles', 'none'));
    expect(mute.streams.map(({ codec_name: codec }) => codec)).not.toContain('aac');
  });

  test.each([
    ['--audio=fr', 'no audio in fr: there is ko, en'],
    ['--subtitles=ko,ja', 'no subtitles in ja: there is ko, en, fr'],
    ['--quality=999p', '360p'],
  ])('says what there is instead of %s', async (option, words) => {
    const { exit, err } = await cli.kdrama('export', videoId, '-o', 'none.mkv', option);
    expect([exit, err]).toEqual([3, expect.stringContaining(words)]);
  });

  test('is for everybody who may watch, from another computer too', async () => {
    const hana = { userId: 'hana', username: 'hana', role: 'user', exp: inSeconds(3600) };
    const { url } = JSON.parse(readFileSync(join(cli.home, 'daemon.json'), 'utf8')) as {
      url: string;
    };
    const other = await cliHome({ KDRAMA_HOST: url, KDRAMA_TOKEN: jsonWebToken(secret, hana) });
    onTestFinished(() => rm(other.home, { recursive: true, force: true }));
    const path = join(other.home, 'hers.mkv');
    const { exit, err } = await other.kdrama('export', videoId, '-o', path);
    expect([exit, err]).toEqual([0, expect.stringContaining('Wrote Goblin S01E03')]);
    expect((await probe(path)).streams).toHaveLength(6);
  });

  test('has stereo, which plays first, and 5.1 where there is both', async () => {
    const wide = join(cli.home, 'wide.mkv');
    const given = `-v error -i ${clip} -map 0:v -map 0:a:0 -c:v copy -c:a ac3 -ac 6 ${wide}`;
    await run('ffmpeg', given.split(' '));
    const id = (await cli.kdrama('upload', wide, '-q', '--wait')).out.trim();
    const path = join(cli.home, 'wide-exported.mkv');
    expect((await cli.kdrama('export', id, '-o', path)).err).toContain('Wrote');
    const sounds = (await probe(path)).streams.slice(1);
    expect(
      sounds.map(({ channels, tags, disposition }) => [
        ...[channels, tags['language'], tags['title'], disposition['default']],
      ]),
    ).toEqual([
      [2, 'kor', 'Korean', 1],
      [6, 'kor', 'Korean 5.1', 0],
    ]);
  });

  test('to a pipe is what the next program reads', async () => {
    for (const [options, codecs] of [
      ['--subtitles none', ['h264', 'aac', 'aac']],
      ['--subtitles ko', ['h264', 'aac', 'aac', 'mov_text']],
      ['--container mkv --audio en', ['h264', 'aac', 'subrip', 'subrip', 'ass']],
    ] as const) {
      const show = 'ffprobe -v error -show_entries stream=codec_name -of csv=p=0';
      const { out } = await bash(
        `kdrama export ${videoId} -o - ${options} > piped; ${show} piped`,
        cli,
      );
      expect(out.trim().split('\n')).toEqual(expect.arrayContaining([...codecs]));
      expect((await pictures(join(cli.home, 'piped'))).length).toBe(frames);
    }
  });

  test('to a file leaves nothing else in its place', async () => {
    const path = join(cli.home, 'out', 'goblin.mp4');
    await bash(`mkdir out; kdrama export ${videoId} -o out/goblin.mp4 --quality 360p -q`, cli);
    expect(readdirSync(dirname(path))).toEqual(['goblin.mp4']);
    await bash(`kdrama export ${videoId} -o out/again.mp4 --audio fr`, cli);
    expect(readdirSync(dirname(path))).toEqual(['goblin.mp4']);
  });

  test('never replaces a file unasked, and leaves the old one where the new one fails', async () => {
    const path = join(cli.home, 'mine.mp4');
    writeFileSync(path, 'mine');
    const refused = await cli.kdrama('export', videoId, '-o', path);
    expect([refused.exit, refused.err]).toEqual([1, expect.stringContaining('--force')]);
    const failed = await cli.kdrama('export', videoId, '-o', path, '--force', '--quality=999p');
    expect(failed.exit).toBe(3);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect((await cli.kdrama('export', videoId, '-o', path, '--force')).exit).toBe(0);
    expect(statSync(path).size).toBeGreaterThan(10_000);
  });

  test('of a name that is no MP4 and no Matroska file is refused before anything is done', async () => {
    const { exit, err } = await cli.kdrama('export', videoId, '-o', join(cli.home, 'd.avi'));
    expect([exit, err]).toEqual([2, expect.stringContaining('End it in .mp4 or .mkv')]);
    const path = await exported('d.avi', '--container=mkv', '--audio=none');
    expect((await probe(path)).streams[0]?.codec_name).toBe('h264');
  });

  test('says what it leaves out: subtitles that are pictures', async () => {
    const words = join(cli.home, 'words.sup');
    writeFileSync(words, pictureSubtitles([{ from: 1, to: 2 }], { width: 640, height: 360 }));
    const path = join(cli.home, 'pictures.mkv');
    const given = `-v error -i ${clip} -i ${words} -map 0:v -map 1 -c copy -t 3 ${path}`;
    await run('ffmpeg', given.split(' '));
    const id = (await cli.kdrama('upload', path, '-q', '--wait')).out.trim();
    const told = await cli.kdrama('export', id, '-o', join(cli.home, 'left.mkv'));
    expect(told.exit).toBe(0);
    expect(told.err).toMatch(/^Left out: .*\(hdmv_pgs_subtitle\)\.$/m);
    const json = await cli.kdrama('export', id, '-o', join(cli.home, 'left.mp4'), '--json');
    expect(json.err).toBe('');
    expect(JSON.parse(json.out)).toMatchObject({ leftOut: [{ format: 'hdmv_pgs_subtitle' }] });
  });

  test('a reader that has enough is no error message', async () => {
    for (const options of ['--subtitles none', '--container mkv']) {
      const { out, err } = await bash(
        `kdrama export ${videoId} -o - ${options} | head -c 100 | wc -c`,
        cli,
      );
      expect([out.trim(), err]).toEqual(['100', '']);
    }
  });

  test('of a quality that is still to be made has it made, and waits for it', async () => {
    const larger = await makeClip({ ...episodeClip, size: '1280x720', seconds });
    const id = (
      await cli.kdrama('upload', larger, '-q', '--wait', '--ladder=on-demand')
    ).out.trim();
    const path = join(cli.home, 'later.mkv');
    const { exit, err } = await cli.kdrama('export', id, '-o', path, '--quality=360p');
    expect([exit, err.split('\n')[0]]).toEqual([
      0,
      'Waiting until 360p is made. Ctrl-C ends the waiting alone.',
    ]);
    expect((await probe(path)).streams[0]?.nb_read_packets).toBe(String(frames));
  });

  test('needs an ffmpeg for a file, and says so', async () => {
    const path = { KDRAMA_FFMPEG: '/nowhere/ffmpeg' };
    const { exit, err } = await cli.start(['export', videoId, '-o', 'none.mp4'], path).ended;
    expect([exit, err]).toEqual([1, expect.stringContaining('FFMPEG_UNAVAILABLE')]);
  });
});
