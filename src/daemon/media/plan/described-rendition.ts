import type { RenditionTraits } from '../../../shared/renditions.js';

/** A rendition that a source gets, and why. */
export interface DescribedRendition<Traits extends RenditionTraits = RenditionTraits> {
  readonly name: string;
  readonly method: 'copied' | 'encoded';
  readonly reason: string;
  readonly traits: Traits;
}
