import type { Tools } from './media/tools/find-tools.js';

export interface RememberedTools {
  /** The working pair; looked for again as long as there was none. */
  find(): Promise<Tools | undefined>;
  /** False once looking has found none. */
  mayWork(): boolean;
}

/** Looking takes about a second, so what was found is kept; an ffmpeg installed later is found too. */
export function rememberTools(look: () => Promise<Tools | undefined>): RememberedTools {
  let looking: Promise<Tools | undefined> | undefined;
  let isMissing = false;
  const find = async () => {
    looking ??= look();
    const tools = await looking.catch((error: unknown) => {
      looking = undefined;
      throw error;
    });
    isMissing = tools === undefined;
    if (isMissing) looking = undefined;
    return tools;
  };
  return { find, mayWork: () => !isMissing };
}
