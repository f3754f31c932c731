/** What a track calls itself; how a choice is recognised in another episode of the series. */
export interface TrackName {
  /** BCP 47; `""` when unknown. */
  readonly language: string;
  readonly label: string;
}

/** What can be chosen, and what is chosen now. Indices are into the lists beside them. */
export interface PlaybackState {
  /** Names such as `1080p`, best first. Empty where the browser alone chooses. */
  readonly qualities: readonly string[];
  /** null: automatic. */
  readonly quality: number | null;
  /** The one on the screen; null before the first picture. */
  readonly shownQuality: number | null;
  readonly audioTracks: readonly TrackName[];
  readonly audio: number | null;
  readonly subtitleTracks: readonly TrackName[];
  /** null: none. */
  readonly subtitle: number | null;
}

/** `network`: bytes could not be had, the daemon knows why. `media`: this browser cannot play them. */
export type PlaybackFailure = 'network' | 'media';

export interface PlaybackListener {
  changed(state: PlaybackState): void;
  /** Nothing more is loaded until a new playback is opened; what is buffered can still be seen. */
  failed(failure: PlaybackFailure): void;
}

export interface PlaybackSource {
  readonly url: string;
  readonly startSeconds: number;
  /** Every rendition is complete; else the first one that the daemon names is there first. */
  readonly isComplete: () => boolean;
  /** undefined: the video's own default. null subtitle: none. */
  readonly audio: TrackName | undefined;
  readonly subtitle: TrackName | null | undefined;
}

/** One way of playing HLS in a video element. */
export interface Playback {
  selectQuality(quality: number | null): void;
  selectAudio(audio: number): void;
  selectSubtitle(subtitle: number | null): void;
  close(): void;
}
