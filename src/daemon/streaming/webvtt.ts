/** A WebVTT file (W3C WebVTT), read as far as cutting it into segments needs. */
export interface Track {
  /** In the order of their start. */
  readonly cues: readonly Cue[];
}

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** Identifier, timing line and text, as they stand. */
  readonly block: string;
}

const timestamp = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const timingLine = new RegExp(
  String.raw`^[ \t]*${timestamp}[ \t]+-->[ \t]+${timestamp}(?:[ \t]|$)`,
);

/**
 * The cues of a WebVTT text. All else in it is skipped, STYLE and REGION too: a stranger's text does not
 * say how a page looks. Throws RangeError when it does not begin with `WEBVTT`.
 */
export function parseWebVtt(text: string): Track {
  const [header = '', ...blocks] = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD')
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\n+$/g, ''));
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(header)) throw new RangeError('a WebVTT text without WEBVTT');
  const cues = blocks.flatMap((block) => parseCue(block) ?? []);
  return { cues: cues.toSorted((a, b) => a.startMs - b.startMs) };
}

/** The timing line is a cue's first line, or its second after an identifier. */
function parseCue(block: string): Cue | undefined {
  const [first = '', second = ''] = block.split('\n', 2);
  const match = timingLine.exec(first.includes('-->') ? first : second);
  if (match === null) return undefined;
  const [startMs, endMs] = [milliseconds(match.slice(1, 5)), milliseconds(match.slice(5, 9))];
  return endMs < startMs ? undefined : { startMs, endMs, block };
}

function milliseconds(parts: readonly (string | undefined)[]): number {
  const [hours = 0, minutes = 0, seconds = 0, fraction = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}
