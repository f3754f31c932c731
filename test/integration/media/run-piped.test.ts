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
