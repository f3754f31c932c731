import { built } from './build.mjs';
import { installSystemPackage } from './system-package.mjs';

/**
 * Makes sure that the daemon will find an ffmpeg and ffprobe that work, by asking the daemon's own
 * search: configured, on PATH, from ffmpeg-static with @ffprobe-installer/ffprobe. Throws one clear
 * sentence when there is no pair and none can be installed without a password.
 */
export async function provideFfmpeg() {
  if (await isFound()) return;
  await installSystemPackage(
    'ffmpeg',
    'No working ffmpeg 5.1 or newer with its ffprobe was found.',
  );
  if (await isFound()) return;
  throw new Error(
    'No working ffmpeg 5.1 or newer with its ffprobe was found: install it' +
      ' (Debian: sudo apt-get install ffmpeg; macOS: brew install ffmpeg),' +
      ' or set KDRAMA_FFMPEG and KDRAMA_FFPROBE to a pair.',
  );
}

async function isFound() {
  const { findTools } = /** @type {typeof import('../../src/daemon/media/tools.js')} */ (
    await built('daemon/media/tools.js')
  );
  const { readConfig } = /** @type {typeof import('../../src/daemon/config.js')} */ (
    await built('daemon/config.js')
  );
  return (await findTools(readConfig(process.env))) !== undefined;
}
