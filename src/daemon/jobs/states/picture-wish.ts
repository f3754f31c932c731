import type { JobSettings } from '../../../shared/contract/index.js';
import {
  inOrder,
  parseRung,
  plainEncoder,
  type PictureEncoder,
  type WantedRung,
} from '../../../shared/resolutions.js';
import { plainRungs, type LadderWish } from '../../media/plan/ladder.js';

/** What of the picture is made where a job says nothing. */
export interface PictureWish {
  /** The largest first. */
  readonly rungs: readonly WantedRung[];
  readonly encoder: PictureEncoder;
}

export const plainPicture: PictureWish = { rungs: plainRungs, encoder: plainEncoder };

/** Pure: what of the picture a job of these settings wants, the daemon's share in it included. */
export function ladderWish(
  { topRendition, rungs, ladder, crf, preset }: JobSettings,
  { rungs: usual, encoder }: PictureWish,
): LadderWish {
  return {
    top: topRendition,
    rungs: rungs === undefined ? usual : wantedRungs(rungs),
    usual,
    isExact: rungs !== undefined,
    isCopyOnly: ladder === 'copy',
    encoder: { crf: crf ?? encoder.crf, preset: preset ?? encoder.preset },
  };
}

/** Pure: the largest first. */
export function wantedRungs(texts: readonly string[]): WantedRung[] {
  return inOrder(texts.flatMap((text) => parseRung(text) ?? []));
}
