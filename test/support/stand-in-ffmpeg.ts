import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EncoderFinding } from '../../src/daemon/media/encoders/describe.js';
import type { Hardware } from '../../src/daemon/media/encoders/hardware.js';
import { Rests } from '../../src/daemon/media/encoders/rests.js';

/**
 * The path of a program that is ffmpeg but for what `script` does before it: a shell script that sees
 * the arguments as `$*`. Removed after the test.
 */
export function standInFfmpeg(script: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-ffmpeg-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'ffmpeg');
  writeFileSync(path, `#!/bin/sh\n${script}\nexec ffmpeg "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

const nvenc: EncoderFinding = {
  ...{ name: 'nvenc', codec: 'h264_nvenc', works: true, hwaccel: 'cuda', reason: '' },
};

/** A computer on which the stand-in was found to work. */
export function worksHere(): Hardware {
  return { find: async () => [nvenc], rests: new Rests({ monotonic: () => 0 }) };
}

/**
 * ffmpeg as it is where a graphics card of NVIDIA works: what `h264_nvenc` is told, x264 does, without
 * parameter sets in band, and with others than x264 has by itself: its pictures have to bring their own.
 * `faults` is shell that may let it fail; it sees all arguments as `$*`.
 */
export function standInNvenc(faults = ''): string {
  return standInFfmpeg(`${faults}
case "$*" in *h264_nvenc*) ;; *) exec ffmpeg "$@" ;; esac
skip=
for word; do
  case "$skip$word" in
    drop*) skip= ;;
    -hwaccel | -b_ref_mode | -rc) skip=drop ;;
    -cq) set -- "$@" -crf ;;
    p4) set -- "$@" veryfast ;;
    h264_nvenc) set -- "$@" libx264 -coder vlc ;;
    *) set -- "$@" "$word" ;;
  esac
  shift
done`);
}
