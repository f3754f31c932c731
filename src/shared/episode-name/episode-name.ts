/** What a file's name and folders say; `''` and null where they do not. */
export interface EpisodeName {
  readonly series: string;
  /** 0: a special. */
  readonly season: number | null;
  readonly episode: number | null;
  /** Of a file that holds several episodes. */
  readonly lastEpisode: number | null;
  /** The day of the broadcast, `YYYY-MM-DD`. */
  readonly date: string;
  /** `1080p`, `1080i`. */
  readonly resolution: string;
  /** Of the sound, ISO 639-1. */
  readonly language: string;
  /** Who made the file. */
  readonly group: string;
  readonly episodeTitle: string;
}
