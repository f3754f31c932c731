import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { chooseContents, leftOutWords } from '../../../src/cli/export/choose-contents.js';
import { containerOf } from '../../../src/cli/export/container.js';
import { howMuchIsMade } from '../../../src/cli/export/how-much-is-made.js';
import { muxArguments, type MuxRequest } from '../../../src/cli/export/mux-arguments.js';
import { sayWaits } from '../../../src/cli/export/waiting.js';
import { leftOutOf, soundsNamed, textsNamed } from '../../../src/cli/export/tracks.js';
import { eraseLine } from '../../../src/cli/progress/erase-line.js';
import { cliDeps } from '../../support/cli-deps.js';
import { jobView, videoView } from '../../support/daemon-double.js';
import type {
  Health,
  JobView,
  SubtitleView,
  VideoDetails,
} from '../../../src/shared/contract/index.js';

const sounds = [
  { name: 'audio-1', language: 'ko', label: '한국어', channels: 2 },
  { name: 'audio-0', language: 'en', label: 'Commentary', channels: 2 },
];

const track = { language: 'ko', label: '한국어', forced: false, sdh: false, cues: null };
const inside = { origin: 'inside', filename: null, encoding: null, sizeBytes: null } as const;
const beside = { origin: 'beside', filename: 'a', sizeBytes: 1, kind: 'text' } as const;
const subtitles: readonly SubtitleView[] = [
  { ...inside, id: 'subtitle-0', kind: 'text', format: 'subrip', tracks: [track] },
  { ...inside, id: null, kind: 'picture', format: 'hdmv_pgs_subtitle', tracks: [track] },
  {
    ...{ ...beside, id: 's1', format: 'smi', encoding: 'cp949' },
    tracks: [
      { ...track, sdh: true },
      { ...track, language: 'en', label: 'English', forced: true },
    ],
  },
  { ...beside, id: 's2', format: 'ass', encoding: 'utf-8', tracks: [{ ...track, language: 'fr' }] },
  { ...beside, id: 's3', format: 'ass', encoding: 'cp949', tracks: [track] },
];

describe('what is taken of a video', () => {
  test('are its sounds, in 5.1 too, told apart by their names', () => {
    const surround = { name: 'audio-1-surround', language: 'ko', label: '한국어', channels: 6 };
    expect(soundsNamed([...sounds, surround], 'all')).toEqual([
      { name: 'audio-1', language: 'ko', label: '한국어' },
      { name: 'audio-0', language: 'en', label: 'Commentary' },
      { name: 'audio-1-surround', language: 'ko', label: '한국어 5.1' },
    ]);
    const told = { ...surround, label: 'Korean 5.1' };
    expect(soundsNamed([told], 'all').map(({ label }) => label)).toEqual(['Korean 5.1']);
    expect(soundsNamed(sounds, 'en').map(({ name }) => name)).toEqual(['audio-0']);
  });

  test('are its subtitles that are text, each language of a SAMI file by itself', () => {
    expect(textsNamed(subtitles, 'all')).toMatchObject([
      { subtitleId: 'subtitle-0', track: 0, language: 'ko', isScript: false },
      { subtitleId: 's1', track: 0, language: 'ko', isSdh: true, isForced: false },
      { subtitleId: 's1', track: 1, language: 'en', isSdh: false, isForced: true },
      { subtitleId: 's2', track: 0, language: 'fr', isScript: true },
      { subtitleId: 's3', track: 0, language: 'ko', isScript: false },
    ]);
    expect(textsNamed(subtitles, 'English').map(({ track: each }) => each)).toEqual([1]);
  });

  test('is refused by the word that names nothing, with what there is', () => {
    const error = (text: string) => expect.objectContaining({ code: 'NOT_FOUND', message: text });
    expect(() => soundsNamed(sounds, 'ko,fr')).toThrow(
      error('Not found: no audio in fr: there is ko, en') as Error,
    );
    expect(() => textsNamed([], 'ko')).toThrow(
      error('Not found: no subtitles in ko: there is none') as Error,
    );
    expect(() => textsNamed(subtitles.slice(1, 2), 'Korean')).toThrow(
      error(
        'Not found: no subtitles in Korean: there is none; ko is there, but not as text',
      ) as Error,
    );
  });
});

describe('what is left out', () => {
  const pgs = { language: 'ko', label: '한국어', format: 'hdmv_pgs_subtitle' };

  test.each([
    ['all', [pgs]],
    ['none', []],
    ['en,Korean', [pgs]],
    ['en', []],
  ])('are subtitles that are no text, where %s are wanted', (wanted, leftOut) => {
    expect(leftOutOf(subtitles, wanted)).toEqual(leftOut);
  });

  test('is told with what was chosen', async () => {
    const video = { sounds, availableQualities: ['1080p-hevc', '360p'] } as unknown as VideoDetails;
    const api = {
      video: () => Promise.resolve(video),
      subtitles: () => Promise.resolve([...subtitles]),
    };
    const wish = { output: '-', audio: 'all', subtitles: 'all', container: 'mp4' } as const;
    const deps = cliDeps();
    const { leftOut, quality } = await chooseContents('v1', wish, api, deps);
    expect(quality).toBe('360p');
    expect(leftOut.map(leftOutWords)).toEqual([
      'Left out: the subtitles 한국어, which are no text (hdmv_pgs_subtitle).',
    ]);
    // Nobody knows yet what it has: none of it is left out unsaid.
    const unplanned = {
      ...api,
      video: () => Promise.resolve({ ...video, availableQualities: [], status: 'failed' as const }),
    };
    await expect(chooseContents('v1', wish, unplanned, deps)).rejects.toMatchObject({
      code: 'STREAM_NOT_READY',
    });
    const { sounds: _, ...older } = video;
    const old = { ...api, video: () => Promise.resolve(older as VideoDetails) };
    await expect(chooseContents('v1', wish, old, deps)).rejects.toMatchObject({
      code: 'DAEMON_INCOMPATIBLE',
    });
  });
});

describe('while a quality is still to be made', () => {
  const clock = { now: () => 0, monotonic: () => nowMs, sleep: () => Promise.resolve() };
  let nowMs = 0;
  const said = async (isSeen: boolean) => {
    const stderr = new PassThrough();
    const waits = sayWaits({ stderr, clock }, isSeen);
    for (const segmentsDone of [1, 3]) {
      nowMs += 4000;
      waits.waits('360p', { segments: 10, segmentsDone, held: undefined });
    }
    waits.waits('360p', undefined);
    waits.ended();
    stderr.end();
    return (await textOf(stderr)).replaceAll(eraseLine, '|');
  };

  test('that is said once', async () => {
    expect(await said(false)).toBe('Waiting until 360p is made. Ctrl-C ends the waiting alone.\n');
  });

  test('a terminal shows how far it is, in a line that does not stay', async () => {
    expect(await said(true)).toBe(
      'Waiting until 360p is made. Ctrl-C ends the waiting alone.\n' +
        '|360p: 10% made|360p: 30% made, 0:14 left|',
    );
  });
});

test('as much of an export is made as of its picture or sound of which least is there', async () => {
  const made = (name: string, segments: number, segmentsDone: number) => ({
    ...{ ...jobView().renditions[0], name, segments, segmentsDone },
  });
  const renditions = [made('720p', 8, 8), made('360p', 8, 1), made('audio-1', 8, 2)];
  const job = { ...jobView(), renditions } as JobView;
  const api = {
    job: () => Promise.resolve(job),
    health: () => Promise.resolve({ work: undefined } as unknown as Health),
  };
  const video = videoView();
  const all = { video, quality: '720p', sounds: [{ name: 'audio-1', language: 'ko', label: '' }] };
  expect(await howMuchIsMade(all, api)).toMatchObject({ segments: 8, segmentsDone: 2 });
  const gone = { ...all, quality: '1080p', sounds: [] };
  expect(await howMuchIsMade(gone, api)).toBeUndefined();
});

test('the name of a file says which container it is', () => {
  expect(['a.mp4', 'B.M4V', 'c.d.MKV', '-'].map(containerOf)).toEqual(['mp4', 'mp4', 'mkv', 'mp4']);
  const refused = expect.objectContaining({
    code: 'COMMAND_INVALID',
    hint: expect.stringContaining('--container mkv') as string,
  }) as Error;
  for (const other of ['d.avi', 'e', 'constructor', '/dev/null', '.mkv']) {
    expect(() => containerOf(other)).toThrow(refused);
  }
});

describe('what ffmpeg is told', () => {
  const [text] = textsNamed(subtitles.slice(2), 'en');
  const [script] = textsNamed(subtitles, 'fr');
  if (text === undefined || script === undefined) throw new Error('no such subtitles');
  const request: MuxRequest = {
    ...{ container: 'mkv', path: '/films/-e.mkv', sounds: soundsNamed(sounds, 'all') },
    video: { title: 'Rain', series: '', season: null, episode: 0, episodeKnown: false },
    texts: [
      { path: '/tmp/0', format: 'webvtt', text },
      { path: '/tmp/1', format: 'ass', text: script },
    ],
  };
  const said = (more: Partial<MuxRequest>) => muxArguments({ ...request, ...more }).join(' ');

  test('of Matroska: titles of tracks, SubRip, and scripts as they are', () => {
    expect(said({})).toContain(
      '-c:s:0 srt -metadata:s:s:0 language=eng -metadata:s:s:0 title=English -disposition:s:0 forced ' +
        '-c:s:1 copy -metadata:s:s:1 language=fra',
    );
    expect(said({})).toMatch(/-f matroska file:\/films\/-e\.mkv$/);
  });

  test('of an MP4: names of handlers, timed text, an index in front', () => {
    expect(said({ container: 'mp4' })).toContain(
      '-metadata:s:a:0 language=kor -metadata:s:a:0 handler_name=한국어 -disposition:a:0 default ' +
        '-metadata:s:a:1 language=eng -metadata:s:a:1 handler_name=Commentary -disposition:a:1 0 ' +
        '-c:s:0 mov_text',
    );
    expect(said({ container: 'mp4' })).toMatch(/-movflags \+faststart file:\S+$/);
  });

  test('of a pipe: pieces that need no going back', () => {
    expect(said({ path: undefined })).toMatch(/-f matroska pipe:1$/);
    expect(said({ path: undefined, container: 'mp4' })).toMatch(
      /-movflags \+frag_keyframe\S* pipe:1$/,
    );
  });

  test('says of an episode what is known of it', () => {
    const episode = { title: 'One', series: 'Rain', season: 1, episode: 3, episodeKnown: true };
    expect(said({ video: episode })).toContain(
      '-metadata title=One -metadata show=Rain -metadata season_number=1 -metadata episode_sort=3',
    );
    expect(said({})).not.toMatch(/show=|season_number=|episode_sort=/);
  });
});
