import { dynamicRange, isInterlaced } from '../source/colors.js';
import { encoded, type Choice } from './copyable.js';
import type { SourceStream } from '../source/inspect.js';
import { isMirrored, pixelAspect, rotation } from '../source/shown-size.js';

/** Bits a second. */
export const maxCopiedBitRate = 20_000_000;
const copyableProfiles = ['High', 'Main', 'Baseline', 'Constrained Baseline'];

/** From the headers alone: whether the picture is one that every player takes as it is. */
export function choosePictureByHeader(stream: SourceStream, canToneMap: boolean): Choice {
  const obstacles = [
    ...codecObstacles(stream),
    ...colorObstacles(stream, canToneMap),
    ...shapeObstacles(stream),
  ];
  return obstacles.length > 0
    ? encoded(obstacles.join(', '))
    : { method: 'copied', reason: `H.264 ${stream.profile}, 8 bit` };
}

/** As people write them. */
export const codecNames: Readonly<Record<string, string>> = {
  ...{ h264: 'H.264', hevc: 'HEVC', av1: 'AV1', vp8: 'VP8', vp9: 'VP9', vc1: 'VC-1' },
  ...{ mpeg1video: 'MPEG-1', mpeg2video: 'MPEG-2', mpeg4: 'MPEG-4', h263: 'H.263' },
  ...{ flv1: 'Sorenson H.263', theora: 'Theora', mjpeg: 'Motion JPEG' },
};

function codecObstacles({ codec_name = '', profile = '', pix_fmt = '' }: SourceStream): string[] {
  const name = codecNames[codec_name] ?? (codec_name.toUpperCase() || 'unknown codec');
  const depth = /p(\d\d)(le|be)$/.exec(pix_fmt)?.[1];
  const chroma = /^yuv[aj]?(4\d\d)/.exec(pix_fmt)?.[1] ?? '420';
  const pixels = [
    ...(depth === undefined ? [] : [`${depth} bit`]),
    ...(chroma === '420' ? [] : [chroma.split('').join(':')]),
  ];
  if (codec_name !== 'h264') return [name, ...pixels];
  if (pixels.length > 0) return [`${name} ${profile}`.trim(), ...pixels];
  if (!copyableProfiles.includes(profile)) return [`H.264 profile ${profile || 'unknown'}`];
  return ['yuv420p', 'yuvj420p'].includes(pix_fmt) ? [] : [`pixel format ${pix_fmt || 'unknown'}`];
}

function colorObstacles(stream: SourceStream, canToneMap: boolean): string[] {
  const vision = stream.side_data_list.find(({ dv_profile }) => dv_profile !== undefined);
  if (vision?.dv_profile === 5)
    return ['Dolby Vision profile 5, whose colours cannot be converted'];
  const range = dynamicRange(stream);
  if (range === 'SDR') return [];
  const name = range === 'PQ' ? 'HDR10' : 'HLG';
  return [canToneMap ? `${name} tone mapped` : `${name}, pale: this ffmpeg cannot tone map`];
}

/** What no player does to a picture that it takes as it is. */
export function shapeObstacles(stream: SourceStream): string[] {
  const aspect = pixelAspect(stream) ?? 1;
  return [
    ...(Math.abs(aspect - 1) < 0.001 ? [] : [`pixel aspect ${stream.sample_aspect_ratio}`]),
    ...turns(stream),
    ...(isInterlaced(stream) ? ['interlaced'] : []),
  ];
}

function turns(stream: SourceStream): string[] {
  const degrees = rotation(stream);
  if (isMirrored(stream)) return [degrees % 180 === 0 ? 'mirrored' : 'turned and mirrored'];
  return degrees === 0 ? [] : [`turned by ${degrees}°`];
}
