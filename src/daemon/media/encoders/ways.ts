import type { Acceleration } from '../arguments/encode.js';
import { hardwareEncoders } from '../arguments/hardware-encoders.js';
import type { EncoderFinding } from './describe.js';

/** How a chunk can be made; undefined: decoded and encoded by the CPU, which can always be tried. */
export type Way = Acceleration | undefined;

/**
 * The ways to make a chunk, to be tried in this order: hardware decodes and encodes, hardware encodes,
 * the CPU does all. What rests, named as in `partsOf`, is left out.
 */
export function waysOf(
  finding: EncoderFinding | undefined,
  isResting: (part: string) => boolean,
): readonly Way[] {
  const encoder = hardwareEncoders.find(({ name }) => name === finding?.name);
  if (finding?.works !== true || encoder === undefined || isResting(encoder.codec)) {
    return [undefined];
  }
  const { hwaccel } = finding;
  const isDecoding = hwaccel !== undefined && !isResting(hwaccel);
  return [...(isDecoding ? [{ encoder, hwaccel }] : []), { encoder }, undefined];
}

/** What may fail of a way: ffmpeg's names of the encoder and of what decodes. */
export function partsOf(way: Way): readonly string[] {
  if (way === undefined) return [];
  return way.hwaccel === undefined ? [way.encoder.codec] : [way.encoder.codec, way.hwaccel];
}

/**
 * Which part is to blame, now that a later way has made the chunk that `failed` did not: the one that
 * the later way did without. As long as none has, it may be the source.
 */
export function partToBlame(failed: Way, made: Way): string | undefined {
  return partsOf(failed).find((part) => !partsOf(made).includes(part));
}
