/** x265 and SVT-AV1, which encode rungs where somebody asks for HEVC or AV1. Why so: docs/decisions/0050. */
import type { VideoTraits } from '../../../shared/renditions.js';
import { plainEncoder, presets, type Preset } from '../../../shared/resolutions.js';
import { hevcLevelIdc } from '../codecs/variant-levels.js';
import { rateLimits } from './encoder.js';

/**
 * Capped, with parameter sets in the header alone, as `hvc1` wants them. Key pictures are the forced ones
 * alone; nothing that follows one needs what came before it.
 */
export function x265(picture: VideoTraits): string[] {
  const { crf, preset } = picture.encoder ?? plainEncoder;
  return [
    ...['-c:v', 'libx265', '-tag:v', 'hvc1', '-profile:v', 'main'],
    ...['-preset', preset, '-crf', String(Math.min(51, crf + 2)), '-forced-idr', '1'],
    ...rateLimits(picture),
    ...['-x265-params', x265Parameters(picture)],
  ];
}

function x265Parameters(picture: VideoTraits): string {
  return [
    ...['log-level=error', 'info=0', 'repeat-headers=0'],
    ...['keyint=9999', 'min-keyint=1', 'scenecut=0', 'open-gop=0'],
    `level-idc=${hevcLevelIdc(picture) / 30}`,
    // Its rate control counts pictures, and the clock is finer than they.
    `fps=${thousandths(picture)}/1000`,
  ].join(':');
}

/**
 * Capped. SVT-AV1 takes no forced key pictures: it makes one at its start, so each segment is a run of its
 * own.
 */
export function svtAv1(picture: VideoTraits): string[] {
  const { crf, preset } = picture.encoder ?? plainEncoder;
  return [
    ...['-c:v', 'libsvtav1', '-preset', String(svtPreset(preset)), '-crf', String(svtCrf(crf))],
    ...['-g', '9999', ...rateLimits(picture)],
    ...['-svtav1-params', `fps-num=${thousandths(picture)}:fps-denom=1000`],
  ];
}

/** What `veryfast` is to x264, 10 is to it. */
function svtPreset(preset: Preset): number {
  return 12 - presets.indexOf(preset);
}

/** About as good as x264 at the same CRF; the scale goes to 63, in smaller steps. */
function svtCrf(crf: number): number {
  return Math.round(Math.min(63, Math.max(1, 2 * crf - 9)));
}

function thousandths({ frameRate }: VideoTraits): number {
  return Math.round(frameRate * 1000);
}
