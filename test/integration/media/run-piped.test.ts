import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { allowedCores, coresOfShare } from '../../../src/daemon/media/ffmpeg/cores.js';
import { runPiped } from '../../../src/daemon/media/ffmpeg/run.js';

test('any amount passes through a pipe: nothing of it is kept, and the program is not ended', async () => {
  const bytes = 130_000_000;
  const script = `head -c ${bytes} /dev/zero >&3`;
  const run = runPiped('sh', ['-c', script], 1, new AbortController().signal);
  run.stdout.resume();
  let received = 0;
  for await (const part of run.outputs[0] ?? []) received += (part as Buffer).length;
  expect(received).toBe(bytes);
  expect(await run.ended).toEqual({ exitCode: 0, stderr: '' });
});

test('a program that makes nothing is ended, and the reason is told', async () => {
  const run = runPiped('sleep', ['100'], 1, new AbortController().signal, { stallMs: 240 });
  run.stdout.resume();
  run.outputs[0]?.resume();
  const { exitCode, stall } = await run.ended;
  expect(exitCode).toBeUndefined();
  expect(stall).toBe('its output stood still for 0.24 s, so it was ended');
});

/** What ffmpeg 7 writes: it goes on when nothing else does. */
function progressOf(microseconds: string): string[] {
  const report = `printf 'frame=9\\nout_time_us=%s\\nprogress=continue\\n' ${microseconds}`;
  return ['-c', `i=0; while :; do i=$((i + 100000)); ${report}; sleep 0.01; done`];
}

test('a program whose output time stands still is ended, however much it says of that', async () => {
  const seconds: number[] = [];
  const run = runPiped('sh', progressOf('1500000'), 0, new AbortController().signal, {
    stallMs: 240,
    onSeconds: (made) => seconds.push(made),
  });
  expect((await run.ended).stall).toContain('stood still for 0.24 s, 1.5 s into its work');
  expect(seconds).toContain(1.5);
});

test.each(['N/A', '-9223372036854775807'])(
  'a program that never has an output time (%s) is ended too',
  async (never) => {
    const run = runPiped('sh', progressOf(never), 0, new AbortController().signal, {
      ...{ stallMs: 240, onSeconds: () => undefined },
    });
    expect((await run.ended).stall).toContain('0.0 s into its work');
  },
);

test('a program whose output time moves is left alone, though it has written nothing yet', async () => {
  const run = runPiped('sh', progressOf('$i'), 1, new AbortController().signal, {
    ...{ stallMs: 240, onSeconds: () => undefined },
  });
  const first = await Promise.race([run.ended, wait(1000, 'still running')]);
  expect(first).toBe('still running');
  run.kill();
});

test('a program that waits for us is left alone', async () => {
  const run = runPiped('sh', ['-c', 'yes >&3'], 1, new AbortController().signal, { stallMs: 240 });
  run.stdout.resume();
  const [output] = run.outputs;
  const reader = output?.[Symbol.asyncIterator]();
  await reader?.next();
  const first = await Promise.race([run.ended, wait(1000, 'still running')]);
  expect(first).toBe('still running');
  run.kill();
});

test.skipIf(!existsSync('/usr/bin/taskset'))(
  'a program with a share of the processor runs on these cores, behind other programs',
  async () => {
    const allowed = (await allowedCores()) ?? '';
    const cores = coresOfShare(allowed, 1);
    const script = 'grep Cpus_allowed_list /proc/self/status; nice';
    const run = runPiped('sh', ['-c', script], 0, new AbortController().signal, {
      share: { cores },
    });
    const said = (await text(run.stdout)).split(/\s+/);
    expect(said.slice(0, 3)).toEqual([
      'Cpus_allowed_list:',
      cores,
      String(Math.min(19, getPriority() + 10)),
    ]);
  },
);
