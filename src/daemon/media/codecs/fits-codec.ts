/** What of a codec string has to be as it was promised, and the level, which may be lower. */
interface Said {
  readonly same: string;
  readonly level: number;
}

/**
 * Whether what was made can be played by whoever plays what was promised: the same profile and tier, no
 * higher level. Constraint flags only promise more, and encoders set them as they like.
 */
export function fitsCodec(made: string, promised: string): boolean {
  const [own, wanted] = [saidBy(made), saidBy(promised)];
  return own.same === wanted.same && own.level <= wanted.level;
}

/** `avc1.PPCCLL`, `hvc1.P.C.TL.B…`, `av01.P.LLT.DD`; of anything else nothing may differ. */
function saidBy(codecs: string): Said {
  const avc = /^(avc1\.[0-9a-f]{2})[0-9a-f]{2}([0-9a-f]{2})$/i.exec(codecs);
  if (avc !== null) return { same: avc[1] ?? '', level: Number.parseInt(avc[2] ?? '', 16) };
  const hevc = /^(hvc1\.[^.]+\.[^.]+\.[LH])(\d+)/.exec(codecs);
  if (hevc !== null) return { same: hevc[1] ?? '', level: Number(hevc[2]) };
  const av1 = /^(av01\.\d)\.(\d\d)([MH]\.\d\d)/.exec(codecs);
  if (av1 !== null) return { same: `${av1[1]}.${av1[3]}`, level: Number(av1[2]) };
  return { same: codecs, level: 0 };
}
