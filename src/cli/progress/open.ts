import type { Deps } from '../deps.js';
import { liveProgress } from './live.js';
import { useColor, type ProgressMode } from './mode.js';
import { plainProgress } from './plain.js';
import { noProgress, type Progress } from './progress.js';

/** The view of this mode. Live needs a real terminal on stderr; anything else gets lines. */
export async function openProgress(
  mode: ProgressMode,
  files: readonly string[],
  { stderr, clock, env, hideTyping }: Deps,
): Promise<Progress> {
  if (mode === 'none') return noProgress;
  if (mode === 'live' && isTerminal(stderr)) {
    // Enter, shown by the terminal, would move what is drawn.
    const showTyping = await hideTyping();
    const live = await liveProgress(stderr, files, clock, useColor(env));
    return { ...live, close: () => live.close().finally(showTyping) };
  }
  return plainProgress(stderr, files);
}

function isTerminal(stream: NodeJS.WritableStream): stream is NodeJS.WriteStream {
  return 'isTTY' in stream && stream.isTTY === true;
}
