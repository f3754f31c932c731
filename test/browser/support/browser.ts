import { chromium, type Browser } from 'playwright-core';
import { describe } from 'vitest';
import { findBrowser } from '../../../scripts/setup/browser.mjs';

const path = findBrowser(process.env);

/** Skipped by name where there is no browser; with CI=true its absence is a failure. */
export const describeInBrowser =
  path === undefined && process.env['CI'] !== 'true' ? describe.skip : describe;

const quiet = [
  '--no-first-run',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** As root, in containers and on CI machines, Chromium starts only without its sandbox. */
export function launchBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error('No Chromium was found for the browser tests.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: path, args: [...quiet, ...sandbox] });
}
