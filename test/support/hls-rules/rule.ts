import type { FetchedEpisode } from './episode.js';

/** One rule of HLS, by name. */
export interface Rule {
  readonly name: string;
  /** What breaks it, in words; nothing where it holds. */
  readonly check: (episode: FetchedEpisode) => string[];
}

/** A sentence for each thing of which it holds. */
export function where(isBroken: boolean, words: string): string[] {
  return isBroken ? [words] : [];
}

/** What `check` finds, and that it could not look at something, as a violation. */
export function orUnreadable(subject: string, check: () => string[]): string[] {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`${subject} ${error.message}`];
  }
}
