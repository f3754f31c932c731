/**
 * What ffmpeg and ffprobe are told before every input. Media is hostile: a file named `.mp4` may be
 * a playlist that names other files, hold 900 streams, or a picture of 225 megapixels.
 */

/** Containers that carry episodes. None of them can name another file. */
const formats = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,ogg,asf';

const codecs = [
  ...['h264', 'hevc', 'av1', 'libdav1d', 'libaom-av1', 'vp8', 'libvpx', 'vp9', 'libvpx-vp9'],
  ...['mpeg1video', 'mpeg2video', 'mpeg4', 'msmpeg4', 'msmpeg4v2', 'h263', 'flv', 'theora'],
  ...['wmv1', 'wmv2', 'wmv3', 'vc1', 'mjpeg', 'png', 'bmp', 'webp'],
  ...['aac', 'aac_latm', 'ac3', 'eac3', 'mp1', 'mp1float', 'mp2', 'mp2float', 'mp3', 'mp3float'],
  ...['opus', 'libopus', 'vorbis', 'libvorbis', 'flac', 'alac', 'dca', 'truehd', 'mlp'],
  ...['wmav1', 'wmav2', 'wmapro', 'amrnb', 'amr_nb', 'amrwb', 'amr_wb', 'pcm_alaw', 'pcm_mulaw'],
  ...['pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_f32le', 'pcm_u8'],
  ...['pcm_bluray', 'pcm_dvd', 's302m', 'adpcm_ms', 'adpcm_ima_wav'],
  // What cameras, Flash and old Windows left behind.
  ...['prores', 'dvvideo', 'vp6f', 'msmpeg4v1', 'speex', 'libspeex', 'nellymoser', 'adpcm_swf'],
  ...['adpcm_ima_qt', 'wmalossless', 'wmavoice', 'wavpack', 'tta', 'pcm_s8', 'pcm_f64le'],
  ...['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text', 'pgssub', 'dvdsub', 'dvbsub'],
];

/** Fonts that are attached count as streams; how many tracks are taken is the business of `inspect.ts`. */
const limits = ['-max_streams', '1000', '-max_pixels', '35389440', '-probesize', '10000000'];

/** Decoders that go by another name than what they decode, as ffprobe calls it. */
const decoders: Readonly<Record<string, string>> = {
  ...{ flv1: 'flv', msmpeg4v3: 'msmpeg4', dts: 'dca' },
  ...{ hdmv_pgs_subtitle: 'pgssub', dvd_subtitle: 'dvdsub', dvb_subtitle: 'dvbsub' },
};

/** Whether tracks of a codec, by ffprobe's name, may be decoded. */
export function isDecoded(codec: string | undefined): boolean {
  return codec !== undefined && codecs.includes(decoders[codec] ?? codec);
}

export interface InputWish {
  /** Seconds from the input's own start. */
  readonly seekSeconds?: number;
  /**
   * For ffprobe, which refuses a whole file for one track whose decoder is not listed: these may be
   * opened as well. The demuxer keeps to the list, so nothing is decoded with them.
   */
  readonly opened?: readonly string[];
}

/** The arguments that open `path` (absolute: only other names can be read as syntax) as an input. */
export function inputArguments(
  path: string,
  { seekSeconds = 0, opened = [] }: InputWish = {},
): string[] {
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', formats],
    ...['-codec_whitelist', codecs.join(','), ...mayOpen(opened)],
    ...limits,
    ...(seekSeconds > 0 ? ['-ss', seekSeconds.toFixed(6)] : []),
    ...['-i', path],
  ];
}

function mayOpen(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const all = [...codecs, ...names].join(',');
  return ['v', 'a', 's'].flatMap((type) => [`-codec_whitelist:${type}`, all]);
}
