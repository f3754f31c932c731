import { buffer } from 'node:stream/consumers';
import { runPiped } from '../media/ffmpeg/run.js';
import type { Tools } from '../media/ffmpeg/tool-pair.js';
import { consumeRun, requireWholeOutput } from './consume-run.js';

/** The one picture that ffmpeg writes to file descriptor 3; undefined when it writes none. */
export async function readPicture(
  tools: Tools,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const run = runPiped(tools.ffmpeg, args, 1, signal);
  run.stdout.resume();
  let bytes = Buffer.alloc(0);
  await consumeRun(
    run,
    signal,
    run.outputs.map(async (output) => {
      bytes = await buffer(output);
      await requireWholeOutput(run, signal);
    }),
  );
  return bytes.length > 0 ? bytes : undefined;
}
