/** A part of a video that its file names. Times are ticks from time zero. */
export interface Chapter {
  readonly startTicks: number;
  readonly endTicks: number;
  /** One line, never empty. */
  readonly title: string;
}
