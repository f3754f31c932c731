import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const seconds = 30;

// A moving picture with a clock, cut out of a test picture, in its middle.
const picture =
  '[1:v]crop=104:40:0:0,scale=iw*6:-1:flags=neighbor[clock];' +
  '[0:v][clock]overlay=(W-w)/2:(H-h)/2,format=yuv420p[picture]';

/**
 * Makes an episode as one would bring it: 30 s, 1080p24 H.264, a low tone as Korean and a high one
 * as English sound, Korean and English subtitles, in Matroska. Returns its path.
 * @param {string} directory
 * @param {string} ffmpeg
 * @returns {string}
 */
export function makeSample(directory, ffmpeg) {
  const korean = writeSubtitles(join(directory, 'ko.srt'), (clock) => `지금은 ${clock}입니다`);
  const english = writeSubtitles(join(directory, 'en.srt'), (clock) => `It is ${clock} now`);
  const file = join(directory, 'Sample.S01E01.1080p.H.264.mkv');
  const result = spawnSync(ffmpeg, sampleArguments(korean, english, file), { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`ffmpeg could not make the sample: ${result.stderr}`);
  return file;
}

/**
 * @param {string} korean
 * @param {string} english
 * @param {string} file
 */
function sampleArguments(korean, english, file) {
  return [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
    ...lavfi(`gradients=size=1920x1080:rate=24:speed=0.02:nb_colors=5:seed=7:duration=${seconds}`),
    ...lavfi(`testsrc2=size=1920x1080:rate=24:duration=${seconds}`),
    ...lavfi(`sine=frequency=220:sample_rate=48000:duration=${seconds}`),
    ...lavfi(`sine=frequency=440:sample_rate=48000:duration=${seconds}`),
    ...['-i', korean, '-i', english, '-filter_complex', picture],
    ...['-map', '[picture]', '-map', '2:a', '-map', '3:a', '-map', '4:s', '-map', '5:s'],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-crf', '26', '-g', '96', '-bf', '2'],
    ...['-c:a', 'aac', '-ac', '2', '-b:a', '128k', '-c:s', 'subrip'],
    ...['-metadata:s:a:0', 'language=kor', '-metadata:s:a:1', 'language=eng'],
    ...['-metadata:s:s:0', 'language=kor', '-metadata:s:s:1', 'language=eng'],
    file,
  ];
}

/** @param {string} source */
function lavfi(source) {
  return ['-f', 'lavfi', '-i', source];
}

/**
 * @param {string} path
 * @param {(clock: string) => string} words
 */
function writeSubtitles(path, words) {
  const cues = Array.from({ length: seconds / 2 }, (_, index) => {
    const clock = `00:${String(index * 2).padStart(2, '0')}`;
    const end = `00:${String(index * 2 + 1).padStart(2, '0')}`;
    return `${index + 1}\n00:${clock},000 --> 00:${end},800\n${words(clock)}\n`;
  });
  writeFileSync(path, cues.join('\n'));
  return path;
}
