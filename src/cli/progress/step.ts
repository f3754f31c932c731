import type { JobView } from '../../shared/contract/index.js';

interface Moving {
  readonly bytes: number;
  /** null: it comes from a pipe, which may end at any time. */
  readonly sizeBytes: number | null;
}

/** Where one file is on its way to being an episode. */
export type Step =
  | { readonly name: 'waiting' }
  /** Being hashed, because the library may have it already. */
  | ({ readonly name: 'comparing' } & Moving)
  /** The daemon takes it from the disk. */
  | ({ readonly name: 'copying' } & Moving)
  /** Its chunks travel; `bytes` have been acknowledged. */
  | ({ readonly name: 'sending' } & Moving)
  /** It is in the library. */
  | { readonly name: 'making'; readonly job: JobView; readonly watch: string }
  | { readonly name: 'failed'; readonly message: string };

export type MovingStep = Extract<Step, { bytes: number }>;

/** What a person calls a step in which bytes move. */
export const stepWords: Readonly<Record<MovingStep['name'], string>> = {
  comparing: 'comparing',
  copying: 'importing',
  sending: 'uploading',
};

export function isMoving(step: Step): step is MovingStep {
  return 'bytes' in step;
}
