import type HlsJs from 'hls.js';

/** The levels that automatic quality chooses from: hls.js counts them from the lowest up. */
export class AutoRange {
  private only: number | undefined;
  private highest: number | undefined;

  constructor(private readonly hls: HlsJs) {}

  /** This level alone, whatever `cap` says; undefined: any. */
  pin(level: number | undefined): void {
    if (level === this.only) return;
    this.only = level;
    this.apply();
  }

  /** None above this level; undefined: any. */
  cap(level: number | undefined): void {
    if (level === this.highest) return;
    this.highest = level;
    this.apply();
  }

  private apply(): void {
    const { hls, only } = this;
    const highest = only ?? this.highest ?? -1;
    hls.config.minAutoBitrate = only === undefined ? 0 : (hls.levels[only]?.maxBitrate ?? 0);
    hls.autoLevelCapping = highest;
    // What hls.js 1.7 has chosen already stays its choice, whatever bounds it now.
    const isOutside = only !== undefined || (highest !== -1 && hls.nextAutoLevel > highest);
    if (isOutside) hls.nextAutoLevel = highest;
  }
}
