import type { PictureEncoder, VariantCodec } from './resolutions.js';

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
  /** Of HDR that is kept; absent: SDR. */
  readonly videoRange?: 'PQ' | 'HLG';
  /** Of an encoded rendition; absent where it was planned before there were any. */
  readonly treatment?: PictureTreatment;
  /** Words that are part of the picture; absent: none. */
  readonly burned?: BurnedSubtitle;
  /** Of an encoded rendition; absent where it was planned before there was a choice: `plainEncoder`. */
  readonly encoder?: PictureEncoder;
  /** Of an encoded rendition, the picture as the source shows it; absent in plans of older versions. */
  readonly sourceSize?: { readonly width: number; readonly height: number };
  /**
   * Of a copied rendition: what it is encoded as where the copy does not come out; null: nobody wants one of its size.
   * Absent in plans of older versions, and of what only some players take.
   */
  readonly encodedForm?: VideoTraits | null;
}

/** A track of pictures of words that is laid over the picture. */
export interface BurnedSubtitle {
  readonly stream: number;
  /** Width over height as it is shown; absent: that of its own pixels. */
  readonly aspect?: number;
}

/** H.264, which every player takes; other codecs are offered beside it. */
export function isUniversal({ codecs }: Pick<VideoTraits, 'codecs'>): boolean {
  return codecs.startsWith('avc1');
}

const variantEntries: Readonly<Record<string, VariantCodec>> = { hvc1: 'hevc', av01: 'av1' };

/** Which of the other codecs a picture is in; undefined: H.264. */
export function variantCodecOf({ codecs }: Pick<VideoTraits, 'codecs'>): VariantCodec | undefined {
  return variantEntries[codecs.slice(0, 4)];
}

/** What is done to the picture of the source beside scaling it. */
export interface PictureTreatment {
  readonly isInterlaced: boolean;
  readonly from: Colors;
  readonly to: Colors;
  /** HDR or a wider gamut, brought down to what every screen shows. */
  readonly isToneMapped?: boolean;
}

/** What the numbers of a picture mean, in ffmpeg's names: `bt709`, `smpte170m`, `bt2020nc`, … */
export interface Colors {
  readonly matrix: string;
  readonly primaries: string;
  readonly transfer: string;
  readonly range: 'tv' | 'pc';
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
  /** Of a copied rendition, as that of a picture; absent in plans of older versions. */
  readonly encodedForm?: AudioTraits;
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
  /** For the deaf and hard of hearing; absent in rows of before this was told. */
  readonly isSdh?: boolean;
  /** As ffmpeg or Matroska names it, of one inside the source; absent in rows of before this was told. */
  readonly codec?: string;
}

/** An ASS script says how its words look: it is kept as it stands, beside the words alone. */
export function isScript({ codec }: Pick<SubtitleTraits, 'codec'>): boolean {
  return codec === 'ass' || codec === 'ssa';
}

/** Subtitles inside a source that cannot be shown as text, mostly pictures of words: told, not dropped. */
export interface UnshownSubtitle {
  readonly stream: number;
  /** As ffmpeg names it, e.g. `hdmv_pgs_subtitle`. */
  readonly codec: string;
  readonly language: string;
  readonly label: string;
  readonly isForced: boolean;
  readonly isSdh: boolean;
}
