/** What stands on the screen for a while. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** Lines, with `<i> <b> <u>` and whatever else the file had: it is cleaned as it is written. */
  readonly text: string;
}

/** One track of a subtitle file; most have one. */
export interface SubtitleTrack {
  /** BCP 47, where the file itself says it. */
  readonly language: string | undefined;
  /** What the file calls it. */
  readonly label: string | undefined;
  readonly cues: readonly Cue[];
}

/** How long a cue is shown whose end nobody wrote, unless another comes sooner. */
const openEndedMs = 5_000;

/** A cue whose end is not known yet, or is written as no later than its start. */
export type OpenCue = Omit<Cue, 'endMs'> & { readonly endMs?: number | undefined };

/** In order of their start; one without an end stays until the next one, for 5 s at most. */
export function closeCues(cues: readonly OpenCue[]): Cue[] {
  const ordered = cues.toSorted((a, b) => a.startMs - b.startMs);
  let [later, sameStartMs] = [Infinity, Infinity];
  return ordered
    .toReversed()
    .map((cue) => {
      const { startMs, endMs = startMs } = cue;
      if (startMs < sameStartMs) [later, sameStartMs] = [sameStartMs, startMs];
      const isOpen = endMs <= startMs;
      return { ...cue, endMs: isOpen ? Math.min(later, startMs + openEndedMs) : endMs };
    })
    .toReversed();
}
