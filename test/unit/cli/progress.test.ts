import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/clock.js';
import { isReached, missedGoal } from '../../../src/cli/follow/goal.js';
import { jobChangeWords } from '../../../src/cli/follow/job-change.js';
import { withFirstSign } from '../../../src/cli/progress/first-sign.js';
import { liveProgress } from '../../../src/cli/progress/live.js';
import { progressMode, useColor } from '../../../src/cli/progress/mode.js';
import { stepLine } from '../../../src/cli/progress/plain.js';
import { RateMeter } from '../../../src/cli/progress/rate.js';
import type { Step } from '../../../src/cli/progress/step.js';
import { chooseRows } from '../../../src/cli/ui/choose-rows.js';
import { fileRow } from '../../../src/cli/ui/file-row.js';
import { openPicture } from '../../../src/cli/ui/picture.js';
import { howFar } from '../../../src/cli/upload/how-far.js';
import { stoppedLines } from '../../../src/cli/upload/stopped.js';
import type { JobView } from '../../../src/shared/contract/index.js';
import { jobView } from '../../support/daemon-double.js';

const common = { json: false, quiet: false, verbose: false, progress: 'auto' as const };
const watch = 'http://127.0.0.1:7474/#/watch/video1';

describe('what is drawn', () => {
  test('is live only on a terminal that can draw and that a person looks at', () => {
    expect(progressMode(common, true, {})).toBe('live');
    expect(progressMode(common, false, {})).toBe('plain');
    expect(progressMode(common, true, { TERM: 'dumb' })).toBe('plain');
    expect(progressMode(common, true, { CI: 'true' })).toBe('plain');
    expect(progressMode({ ...common, progress: 'plain' }, true, {})).toBe('plain');
    expect(progressMode({ ...common, json: true }, true, {})).toBe('none');
    expect(progressMode({ ...common, quiet: true }, true, {})).toBe('none');
  });

  test('has no colours with NO_COLOR, unless it is empty', () => {
    expect([useColor({}), useColor({ NO_COLOR: '' }), useColor({ NO_COLOR: '0' })]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('lines of a log', () => {
  test('change with the step and every ten percent, not with every tick', () => {
    const sending = (bytes: number): Step => ({ name: 'sending', bytes, sizeBytes: 1000 });
    expect(stepLine(sending(101))).toBe(stepLine(sending(199)));
    expect(stepLine(sending(199))).not.toBe(stepLine(sending(200)));
    expect(jobChangeWords(jobView({ progress: 41 }))).toBe('encoding 40%, playable');
    expect(jobChangeWords(jobView({ progress: 49, speed: 9 }))).toBe('encoding 40%, playable');
  });

  test('say once that a part did not come out', () => {
    const setback = (failures: number) => ({
      ...{ message: 'segment 2 of 480p: ffmpeg hung', failures, attempts: 3, nextTry: null },
    });
    const words = (job: Partial<JobView>) => jobChangeWords(jobView({ progress: 41, ...job }));
    expect(words({ setback: setback(1) })).toBe('encoding 40%, playable, 1 of 3 tries failed');
    expect(words({ setback: setback(2) })).not.toBe(words({ setback: setback(1) }));
  });

  test('name the address as soon as it is playable', () => {
    const step = (playable: boolean): Step => ({
      name: 'making',
      job: jobView({ playable }),
      watch,
    });
    expect(stepLine(step(false))).not.toContain(watch);
    expect(stepLine(step(true))).toContain(watch);
  });
});

describe('a row of the live view', () => {
  const row = (step: Step, bytesPerSecond: number | null = null) =>
    fileRow({ name: 'a\u001b[2J.mkv', step, bytesPerSecond }, Date.parse('2026-01-01T00:00:00Z'));

  test('shows rate and time left while bytes move', () => {
    expect(row({ name: 'sending', bytes: 250, sizeBytes: 1000 }, 100)).toEqual({
      mark: 'moving',
      name: 'a\\u001b[2J.mkv',
      words: 'uploading',
      percent: 25,
      facts: ['25%', '100 B/s', '0:08 left'],
      watch: null,
    });
  });

  test('shows stage, speed and time left while it is made, and the address once playable', () => {
    const job = jobView({ estimatedCompletion: '2026-01-01T00:01:30.000Z' });
    expect(row({ name: 'making', job, watch })).toMatchObject({
      words: 'encoding',
      facts: ['41%', '2.4×', '1:30 left'],
      watch,
    });
  });

  test('ends as ready with its address, or with the reason it failed', () => {
    const job = jobView({ status: 'completed' });
    expect(row({ name: 'making', job, watch })).toMatchObject({
      mark: 'done',
      words: 'ready',
      watch,
    });
    expect(row({ name: 'failed', message: 'a\nb' })).toMatchObject({
      mark: 'failed',
      words: 'a\\nb',
    });
  });

  test('what moves stays on the screen, the rest is counted', () => {
    const waiting = () => row({ name: 'waiting' });
    const moving = row({ name: 'sending', bytes: 1, sizeBytes: 2 });
    const failed = row({ name: 'failed', message: 'no' });
    const many = [waiting(), failed, waiting(), moving, waiting()];
    expect(chooseRows(many, 4)).toEqual({ shown: [failed, moving], more: 'and 3 waiting' });
    expect(chooseRows(many, 1)).toEqual({ shown: [moving], more: 'and 1 failed, 3 waiting' });
    expect(chooseRows(many, 5)).toEqual({ shown: many, more: null });
    expect(chooseRows([waiting(), waiting()], 1)).toEqual({ shown: [], more: '2 waiting' });
  });
});

/** A terminal that keeps what is written to it. */
function terminalOf(columns: number, rows: number) {
  const terminal = Object.assign(new PassThrough(), { columns, rows });
  terminal.setEncoding('utf8');
  return {
    terminal: terminal as unknown as NodeJS.WriteStream,
    text: () => terminal.read() as string,
  };
}

describe('the picture on a terminal', () => {
  const erased = (rows: number) => `\r\u001b[2K${'\u001b[A\u001b[2K'.repeat(rows)}`;

  test('begins when nothing is left of the first sign, and ends with its last line', async () => {
    const { terminal, text } = terminalOf(40, 10);
    const progress = await liveProgress(terminal, ['a.mkv', 'b.mkv', 'c.mkv'], systemClock, false);
    expect(text()).toMatch(/^One moment …\r\u001b\[K\u001b\[\?2026h3 waiting\n\u001b\[\?2026l$/);
    progress.show(0, { name: 'failed', message: 'no' });
    progress.aside(() => terminal.write('result'));
    await progress.close();
    const last = `${erased(1)}✗ a.mkv\n  no\nand 2 waiting\n`;
    expect(text()).toBe(`\u001b[?2026h${last}\u001b[?2026lresult`);
  });

  test('erases what it shows by the width of now: a narrower terminal has wrapped it', () => {
    const { terminal, text } = terminalOf(100, 24);
    const frames = ['x'.repeat(100), '비'.repeat(15), 'end'];
    const picture = openPicture(terminal, () => frames.shift() ?? '');
    expect(text()).toContain('x\n');
    terminal.columns = 40;
    terminal.emit('resize');
    expect(text()).toContain(`${erased(3)}비`);
    terminal.columns = 15;
    picture.close();
    // Seven of them fit into 15 columns, not seven and a half.
    expect(text()).toContain(`${erased(3)}end\n`);
  });

  test('is never higher than the screen, until it is left standing', () => {
    const { terminal, text } = terminalOf(40, 3);
    const picture = openPicture(terminal, () => 'a\nb\nc\nd');
    expect(text()).toContain('ha\nb\n\u001b');
    picture.close();
    expect(text()).toContain(`${erased(2)}a\nb\nc\nd\n`);
  });
});

test('something is said at once where a picture follows, and nothing is left of it', async () => {
  let written = '';
  const stderr = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      written += piece.toString('utf8');
      done();
    },
  });
  const seen = await withFirstSign('live', stderr, () => Promise.resolve(written));
  expect(seen).toBe('One moment …');
  expect(written).toBe('One moment …\r\u001b[K');
  written = '';
  await withFirstSign('plain', stderr, () => Promise.resolve());
  expect(written).toBe('');
});

test('a rate is that of the last seconds', () => {
  const meter = new RateMeter();
  expect(meter.add(0, 500)).toBeNull();
  expect(meter.add(1000, 1500)).toBe(1000);
  expect(meter.add(60_000, 1500)).toBeNull();
});

describe('waiting', () => {
  test('for a verdict ends when the probe has ended, whatever it says', () => {
    const job = (facts: Parameters<typeof jobView>[0]) => isReached('verdict', jobView(facts));
    expect(job({ status: 'submitted', stage: 'probing' })).toBe(false);
    expect(job({ status: 'processing', stage: 'probing' })).toBe(false);
    expect(job({ status: 'processing', stage: 'copying' })).toBe(true);
    expect(job({ status: 'queued', stage: 'encoding' })).toBe(true);
    expect(job({ status: 'failed', stage: 'probing' })).toBe(true);
  });

  test('for playable is not missed by what happens later', () => {
    const failed = jobView({ status: 'failed', playable: true });
    expect(missedGoal('playable', failed)).toBeUndefined();
    expect(missedGoal('ready', failed)?.code).toBe('TRANSCODE_FAILED');
    expect(missedGoal('ready', jobView({ status: 'cancelled' }))?.code).toBe('JOB_CANCELLED');
    expect(missedGoal('verdict', jobView({ status: 'cancelled' }))).toBeUndefined();
  });
});

test('with the live view an upload is followed until it plays, elsewhere as far as was said', () => {
  const work = (state: 'running' | 'quiet' | 'paused' | 'draining') => ({
    work: { state, until: null },
  });
  expect(howFar({}, 'live', work('running'))).toBe('playable');
  expect(howFar({}, 'live', work('quiet'))).toBe('playable');
  expect(howFar({ wait: 'ready' }, 'live', work('running'))).toBe('ready');
  expect(howFar({}, 'plain', work('running'))).toBeUndefined();
  expect(howFar({}, 'none', work('running'))).toBeUndefined();
  // Nobody waits for what is not made.
  expect(howFar({}, 'live', work('paused'))).toBeUndefined();
  expect(howFar({}, 'live', {} as never)).toBe('playable');
});

test('after Ctrl-C the way on is a command that can be pasted, and only for what needs it', () => {
  expect(
    stoppedLines(
      [
        { file: 'made.mkv', step: { name: 'making', job: jobView(), watch } },
        { file: "-it's.mkv", step: { name: 'sending', bytes: 1, sizeBytes: 2 } },
        { file: 'later.mkv', step: { name: 'waiting' } },
      ],
      ['--series=The Sea'],
    ),
  ).toEqual([
    'The daemon goes on with made.mkv by itself; see it with: kdrama status',
    `Stopped. To go on where it was: kdrama upload '--series=The Sea' './-it'\\''s.mkv' later.mkv`,
  ]);
});
