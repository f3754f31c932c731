import { onTestFinished, expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import type { Health } from '../../../src/shared/contract/index.js';
import type { JobState } from '../../../src/shared/states.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import {
  daemonDouble,
  errorAnswer,
  jobView,
  videoView,
  type Answer,
} from '../../support/daemon-double.js';

const notYet: Answer = {
  status: 503,
  body: {
    error: {
      ...{ code: 'STREAM_NOT_READY', message: 'this quality is not complete', requestId: 'r1' },
      ...{ timestamp: '2026-01-01T00:00:00.000Z', details: { retryAfterSeconds: 5 } },
    },
  },
};
const paused = errorAnswer(503, 'STREAM_NOT_READY', 'this quality is not complete');
const whole: Answer = { body: 'an MP4' };

interface Scene {
  /** What is answered to each request of a quality, the last one from then on; '' is the best that is there. */
  readonly streams: Readonly<Record<string, readonly Answer[]>>;
  readonly status?: JobState;
  /** What the video has at each look. */
  readonly looks?: readonly (readonly string[])[];
  readonly work?: Health['work'];
}

async function exported(
  { streams, status = 'processing', looks = [ladder], work }: Scene,
  ...words: string[]
) {
  const home = temporaryDirectory();
  const left = { looks: [...looks], streams: new Map(Object.entries(streams)) };
  const next = <T>(some: T[] | undefined): T | undefined =>
    (some?.length ?? 0) > 1 ? some?.shift() : some?.[0];
  const rendition = { ...jobView().renditions[0], name: '1080p', segments: 8, segmentsDone: 2 };
  const routes = ({ path }: { path: string }): Answer => {
    const url = new URL(path, 'http://double');
    if (url.pathname.endsWith('/subtitles')) return { body: { subtitles: [] } };
    if (url.pathname.startsWith('/jobs')) {
      return { body: { ...jobView(), renditions: [rendition] } };
    }
    if (url.pathname.startsWith('/stream')) {
      const quality = url.searchParams.get('quality') ?? '';
      const answers = [...(left.streams.get(quality) ?? [])];
      const answer = next(answers);
      left.streams.set(quality, answers);
      return answer ?? errorAnswer(404, 'NOT_FOUND', 'no such quality');
    }
    const availableQualities = next(left.looks) ?? [];
    const facts = { availableQualities, status };
    return { body: { ...videoView(), sounds: [], chapters: [], ...facts } };
  };
  const double = await daemonDouble(home, routes, work && { work });
  onTestFinished(() => double.close());
  const slept: number[] = [];
  const clock = {
    ...cliDeps().clock,
    sleep: async (milliseconds: number) => void slept.push(milliseconds),
  };
  const deps = cliDeps({ home, clock });
  const exit = await run(['export', 'video1', '-o', '-', ...words], deps);
  return { exit, out: deps.out(), said: deps.err().trim().split('\n'), slept };
}

const ladder = ['1080p-hevc', '1080p', '720p'];
const waiting = 'Waiting until 1080p is made. Ctrl-C ends the waiting alone.';

test('the best H.264 is what is exported, once it is made', async () => {
  const { exit, out, said, slept } = await exported({
    streams: { '1080p': [notYet, notYet, whole] },
  });
  expect([exit, out, said]).toEqual([0, '"an MP4"', [waiting]]);
  expect(slept).toEqual([5000, 5000]);
});

test('where it will not be made the best that is there is taken, with a word', async () => {
  const { exit, out, said } = await exported({
    streams: { '1080p': [notYet, paused], '': [whole] },
  });
  const instead = '1080p is not made: taking the best that is.';
  expect([exit, out, said]).toEqual([0, '"an MP4"', [waiting, instead]]);
});

test('a quality that was named is never another one', async () => {
  const streams = { '1080p': [paused], '': [whole] };
  const { exit, out, said } = await exported({ streams }, '--quality=1080p');
  expect([exit, out]).toEqual([1, '']);
  expect(said[0]).toContain('STREAM_NOT_READY');
});

test('where nothing is there the daemon says why', async () => {
  const { exit, said } = await exported({ streams: { '1080p': [paused], '': [notYet] } });
  expect(exit).toBe(1);
  expect(said[0]).toContain('this quality is not complete');
});

test('what is not looked at yet is waited for, and what never will be is not', async () => {
  const streams = { '1080p': [whole] };
  const looked = await exported({ streams, looks: [[], [], ladder] });
  expect([looked.exit, looked.slept]).toEqual([0, [500, 500]]);
  const stopped = await exported({ streams, looks: [[]], status: 'paused' });
  expect([stopped.exit, stopped.slept]).toEqual([1, []]);
  expect(stopped.said[0]).toContain('its job is paused');
});

test('who waits hears that everything is paused', async () => {
  const { said } = await exported({
    streams: { '1080p': [notYet, notYet, whole] },
    work: { state: 'paused', until: null },
  });
  expect(said).toEqual([waiting, 'Everything is paused; "kdrama resume --all" goes on.']);
});
