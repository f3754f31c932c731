/**
 * `npm run setup [-- --browser]`: everything that a bare clone lacks. Uses Node's own modules only,
 * since nothing else is there yet; each step does nothing where there is nothing to do.
 */
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { provideBrowser } from './setup/browser.mjs';
import { provideFfmpeg } from './setup/ffmpeg.mjs';
import { say } from './setup/run-command.mjs';

/**
 * @param {{ browser?: boolean }} [options] browser: also look for one, and install it if need be
 * @returns the ffmpeg and ffprobe that the daemon will use
 * @throws {Error} with one sentence on what to do
 */
export async function setUp(options = {}) {
  await installDependencies();
  await buildIfStale();
  const tools = await provideFfmpeg();
  if (options.browser) await provideBrowser();
  return { tools };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await setUp({ browser: process.argv.includes('--browser') });
    say('Ready. Run bin/kdrama, npm run demo or npm test.');
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
