import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
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
  const run = runPiped('sleep', ['100'], 1, new AbortController().signal, 240);
  run.stdout.resume();
  run.outputs[0]?.resume();
  const { exitCode, stderr } = await run.ended;
  expect(exitCode).toBeUndefined();
  expect(stderr).toContain('made nothing');
});

test('a program that waits for us is left alone', async () => {
  const run = runPiped('sh', ['-c', 'yes >&3'], 1, new AbortController().signal, 240);
  run.stdout.resume();
  const [output] = run.outputs;
  const reader = output?.[Symbol.asyncIterator]();
  await reader?.next();
  const first = await Promise.race([run.ended, wait(1000, 'still running')]);
  expect(first).toBe('still running');
  run.kill();
});
