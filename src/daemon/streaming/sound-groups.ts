import type { Presentation, Sound } from './presentation.js';

export interface SoundGroup {
  readonly id: string;
  readonly sounds: readonly Sound[];
}

/**
 * The sound in stereo, which stands first and is what a player takes that knows nothing of channels, and
 * in 5.1 where a track has it. "Each Group of the same TYPE MUST have the same set of members" (RFC 8216,
 * 4.3.4.1.1): a track without 5.1 is in both as it is.
 */
export function soundGroups({ sounds, surrounds }: Presentation): SoundGroup[] {
  if (sounds.length === 0) return [];
  const inSurround = (sound: Sound) =>
    surrounds.find(({ traits }) => traits.stream === sound.traits.stream) ?? sound;
  const stereo = { id: 'sound', sounds };
  return surrounds.length === 0
    ? [stereo]
    : [stereo, { id: 'surround', sounds: sounds.map(inSurround) }];
}
