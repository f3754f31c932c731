import type { Loudness, Surround } from '../../../shared/contract/index.js';

/** What of the sound is wanted. */
export interface SoundWish {
  readonly surround: Surround;
  readonly loudness: Loudness;
}

/** What is made where nobody says anything. */
export const plainSound: SoundWish = { surround: 'aac', loudness: 'off' };
