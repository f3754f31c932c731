import { built } from './build.mjs';
import { installSystemPackage } from './system-package.mjs';

/**
 * The ffmpeg and ffprobe that the daemon will use, found by the daemon's own search: configured, on
 * PATH, from ffmpeg-static with @ffprobe-installer/ffprobe. Throws one clear sentence when no pair
 * works and none can be installed without a password.
 */
export async function provideFfmpeg() {
  const found = await find();
  if (found !== undefined) return found;
  await installSystemPackage(
    'ffmpeg',
    'No working ffmpeg 5.1 or newer with its ffprobe was found.',
  );
  const installed = await find();
  if (installed !== undefined) return installed;
  throw new Error(
    'No working ffmpeg 5.1 or newer with its ffprobe was found: install it' +
      ' (Debian: sudo apt-get install ffmpeg; macOS: brew install ffmpeg),' +
      ' or set KDRAMA_FFMPEG and KDRAMA_FFPROBE to a pair.',
  );
}

async function find() {
  const { findTools } = /** @type {typeof import('../../src/daemon/media/tools/find-tools.js')} */ (
    await built('daemon/media/tools/find-tools.js')
  );
  const { readConfig } = /** @type {typeof import('../../src/daemon/config.js')} */ (
    await built('daemon/config.js')
  );
  return findTools(readConfig(process.env));
}
