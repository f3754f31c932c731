/** What playlists, players and the encoder need to know of a rendition, beyond its row. */
export type RenditionTraits = VideoTraits | AudioTraits | SubtitleTraits;

export interface VideoTraits {
  readonly kind: 'video';
  /** Index of the stream in the source. */
  readonly stream: number;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** RFC 6381, e.g. `avc1.64001f`. */
  readonly codecs: string;
  /** Upper bound in bits per second, sound not included, for as long as bytes are missing. */
  readonly bandwidthBound: number;
  /** Encoder ceiling in bits per second; 0 for a copied rendition. */
  readonly maxBitRate: number;
  /** Ticks by which a picture may have to be decoded before it is shown: the init's edit list. */
  readonly reorderTicks: number;
}

export interface AudioTraits {
  readonly kind: 'audio';
  readonly stream: number;
  /** BCP 47, `und` when unknown. */
  readonly language: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly channels: number;
  readonly sampleRate: number;
  readonly codecs: string;
  readonly bandwidthBound: number;
  /** Samples of a frame; absent: 1024, those of AAC. */
  readonly frameSamples?: number;
  /** What it is made louder by, in dB; absent: nothing. */
  readonly gainDb?: number;
  /** Absent in plans of older versions. */
  readonly source?: SoundSource;
}

/** What the encoder needs to know of the track in the source. */
export interface SoundSource {
  readonly channels: number;
  /** When it begins, from time zero. */
  readonly startSeconds: number;
  /** Samples of which every coded frame is a whole multiple; absent where frames differ. */
  readonly frameSamples?: number;
}

export interface SubtitleTraits {
  readonly kind: 'subtitle';
  readonly stream: number;
  readonly language: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly isForced: boolean;
}
