import { inputArguments } from './input.js';
import { runText, type RunOptions, type RunResult } from './run.js';
import type { Tools } from './tool-pair.js';

/**
 * What ffprobe says of a file. It refuses a whole file for one track whose decoder is not listed, so
 * it is asked again for as long as it names others: those are opened then, but decode nothing.
 */
export async function askFfprobe(
  { ffprobe }: Tools,
  path: string,
  args: readonly string[],
  limits: RunOptions,
): Promise<RunResult> {
  const opened = new Set<string>();
  for (;;) {
    const input = inputArguments(path, { opened: [...opened] });
    const answer = await runText(ffprobe, ['-v', 'error', ...args, ...input], limits);
    const known = opened.size;
    for (const name of unlisted(answer.stderr)) opened.add(name);
    if (answer.exitCode === 0 || opened.size === known) return answer;
  }
}

function unlisted(said: string): string[] {
  return [...said.matchAll(/Codec \(([\w-]+)\) not on whitelist/g)].map(([, name = '']) => name);
}
