import type { Loudness } from '../../../shared/contract/index.js';
import { loudnessArguments } from '../arguments/loudness.js';
import type { DescribedRendition } from './described-rendition.js';
import { runText } from '../ffmpeg/run.js';
import type { Tools } from '../ffmpeg/tool-pair.js';

/** In LUFS. */
const targets = { r128: -23, speakers: -16 } as const;
/** Less is not heard: what could be copied stays a copy. */
const leastGainDb = 0.5;
/** More would lift the noise of what is nearly silent. */
const mostGainDb = 20;

/**
 * A sound brought to the wanted loudness: one gain from beginning to end, so that a whisper stays one, and
 * no seam between chunks is heard. `measured` in LUFS; undefined: silence, which stays as it is.
 */
export function atLoudness(
  rendition: DescribedRendition,
  measured: number | undefined,
  loudness: Exclude<Loudness, 'off'>,
): DescribedRendition {
  const { traits } = rendition;
  if (traits.kind !== 'audio' || measured === undefined) return rendition;
  const gainDb = Math.min(mostGainDb, targets[loudness] - measured);
  if (Math.abs(gainDb) < leastGainDb) return rendition;
  return {
    name: rendition.name,
    method: 'encoded',
    reason: `loudness ${measured.toFixed(1)} LUFS, made ${(measured + gainDb).toFixed(1)}`,
    // What is changed has to be encoded.
    traits: { ...(traits.encodedForm ?? traits), gainDb },
  };
}

/** How loud a rendition of sound would be without a gain, in LUFS, by decoding all of it. */
export async function measureLoudness(
  tools: Tools,
  path: string,
  { traits }: DescribedRendition,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (traits.kind !== 'audio') return undefined;
  const { stream, channels, source } = traits;
  const request = { path, stream, channels, sourceChannels: source?.channels ?? channels };
  const { stderr } = await runText(tools.ffmpeg, loudnessArguments(request), {
    ...{ signal, timeoutMs: 3_600_000 },
  });
  return parseLoudness(stderr);
}

/** Reads the summary of ffmpeg's ebur128; undefined when everything is below its gate of -70 LUFS. */
export function parseLoudness(summary: string): number | undefined {
  const integrated = Number(/^ +I: +(-?[\d.]+) LUFS$/m.exec(summary)?.[1] ?? -70);
  return integrated > -70 ? integrated : undefined;
}
