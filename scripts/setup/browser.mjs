import { firstOnPath } from './on-path.mjs';
import { say } from './run-command.mjs';
import { installSystemPackage } from './system-package.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The path of a browser that plays H.264 (KDRAMA_TEST_BROWSER, else a Chromium or Chrome of this
 * machine); undefined when there is none. Playwright's own Chromium has no H.264.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findBrowser(env) {
  const configured = env['KDRAMA_TEST_BROWSER'];
  return firstOnPath(configured ? [configured] : names, env);
}

/** Looks for a browser and installs one where that needs no password. Missing one is no error. */
export async function provideBrowser() {
  if (findBrowser(process.env) !== undefined) return;
  const isInstalled = await installSystemPackage('browser', 'The browser tests need a Chromium.');
  if (isInstalled && findBrowser(process.env) !== undefined) return;
  say(
    'No Chromium was found: install Debian\'s "chromium" (or Google Chrome) for the browser tests.',
  );
}
