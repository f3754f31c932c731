/**
 * What others would run for the ladder of a 1080p H.264 source. Each command is the arguments of
 * one ffmpeg process.
 */

const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];

/**
 * The best commands for the files that kdrama makes of a copyable source: one for copied 1080p and
 * sound, 720p and 360p from one decode, the smaller scaled from the larger, at kdrama's own encoder
 * settings; one for the poster.
 * @param {string} source
 * @param {string} directory
 * @returns {string[][]}
 */
export function bestCommands(source, directory) {
  const filter =
    '[0:v]scale=1280:720:flags=bicubic,split[large][next];[next]scale=640:360:flags=bicubic[small]';
  const x264 = [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high'],
    ...['-bf', '3', '-aq-mode', '2'],
  ];
  const small = ['-refs', '3', '-rc-lookahead', '20'];
  const cut = ['-force_key_frames', 'expr:gte(t,n_forced*6)', '-sc_threshold', '0'];
  const ladder = [
    ...[...quiet, '-i', source, '-filter_complex', filter],
    ...['-map', '0:v', '-map', '0:a', '-c', 'copy', `${directory}/copied.mp4`],
    ...['-map', '[large]', ...x264, ...cut, '-maxrate', '2500k', '-bufsize', '5000k'],
    `${directory}/720p.mp4`,
    ...['-map', '[small]', ...x264, ...small, ...cut, '-maxrate', '850k', '-bufsize', '1700k'],
    `${directory}/360p.mp4`,
  ];
  const poster = [
    ...[...quiet, '-skip_frame', 'nokey', '-i', source, '-vf', 'thumbnail=6,scale=640:-2'],
    ...['-frames:v', '1', `${directory}/poster.jpg`],
  ];
  return [ladder, poster];
}

/** PeerTube's bits per pixel for an average picture (packages/core-utils/src/videos/bitrate.ts). */
const peerTubeRungs = [
  { height: 1080, bitRate: 0.1 * 1920 * 1080 * 24 },
  { height: 720, bitRate: 0.11 * 1280 * 720 * 24 },
  { height: 360, bitRate: 0.15 * 640 * 360 * 24 },
];

/**
 * One ffmpeg per rendition with the arguments of PeerTube's default profile
 * (packages/ffmpeg/src/ffmpeg-default-transcoding-profile.ts, ffmpeg-vod.ts).
 * @param {string} source
 * @param {string} directory
 * @returns {string[][]}
 */
export function peerTubeCommands(source, directory) {
  return peerTubeRungs.map((rung) => [
    ...peerTubeRendition(source, rung),
    ...['-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', '-hls_flags', 'single_file'],
    ...['-f', 'hls', `${directory}/peertube-${rung.height}.m3u8`],
  ]);
}

/**
 * The same, each segment a file of its own (`HEIGHT-NUMBER.m4s`) that is there once it is made.
 * @param {string} source
 * @param {string} directory
 */
export function peerTubeSegments(source, directory) {
  return peerTubeRungs.map((rung) => ({
    height: rung.height,
    args: [
      ...peerTubeRendition(source, rung),
      ...['-hls_playlist_type', 'event', '-hls_segment_type', 'fmp4'],
      ...['-hls_fmp4_init_filename', `init-${rung.height}.mp4`],
      ...['-hls_segment_filename', `${directory}/${rung.height}-%d.m4s`],
      ...['-f', 'hls', `${directory}/${rung.height}.m3u8`],
    ],
  }));
}

/**
 * @param {string} source
 * @param {(typeof peerTubeRungs)[number]} rung
 */
function peerTubeRendition(source, { height, bitRate }) {
  return [
    ...[...quiet, '-i', source, '-max_muxing_queue_size', '1024', '-map_metadata', '-1'],
    ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-vf', `scale=w=-2:h=${height}`],
    ...['-preset', 'veryfast', '-maxrate:v', String(bitRate), '-bufsize:v', String(2 * bitRate)],
    ...['-b_strategy', '1', '-bf', '16', '-r', '24', '-g', '48', '-c:a', 'copy'],
    ...['-hls_time', '4', '-hls_list_size', '0'],
  ];
}

/**
 * The picture alone of one of them, for its quality.
 * @param {string} source
 * @param {number} height
 * @returns {string[]}
 */
export function peerTubePicture(source, height) {
  const { bitRate = 0 } = peerTubeRungs.find((rung) => rung.height === height) ?? {};
  return [
    ...['-i', source, '-an', '-map_metadata', '-1', '-pix_fmt', 'yuv420p', '-c:v', 'libx264'],
    ...['-vf', `scale=w=-2:h=${height}`, '-preset', 'veryfast', '-maxrate:v', String(bitRate)],
    ...['-bufsize:v', String(2 * bitRate), '-b_strategy', '1', '-bf', '16', '-r', '24', '-g', '48'],
  ];
}
