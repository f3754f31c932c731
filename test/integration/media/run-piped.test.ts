import { existsSync } from 'node:fs';
import { getPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { allowedCores, coresOfShare } from '../../../src/daemon/media/cores.js';
import { runPiped } from '../../../src/daemon/media/run.js';

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
  const { exitCode, stderr } = await run.ended;
  expect(exitCode).toBeUndefined();
  expect(stderr).toContain('made nothing');
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
    expect(said.slice(0, 3)).toEqual(['Cpus_allowed_list:', cores, String(getPriority() + 10)]);
  },
);
