import type { FramePlace } from './idr.js';

/** A frame at which the container says that one can start, in the file and in ticks from time zero. */
export interface KeyPlace extends FramePlace {
  readonly ticks: number | undefined;
}

/** As many as ten hours have seconds: where there are more, about every frame is one. */
export const mostKeys = 36_000;
