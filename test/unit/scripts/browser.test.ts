import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from '../../../scripts/setup/browser.mjs';

test('a browser is the configured one, else the first on PATH that can be run', () => {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-path-'));
  const chromium = join(directory, 'chromium');
  const chrome = join(directory, 'google-chrome');
  try {
    writeFileSync(chromium, '');
    expect(findBrowser({ PATH: directory })).toBeUndefined();
    writeFileSync(chrome, '', { mode: 0o755 });
    expect(findBrowser({ PATH: directory })).toBe(chrome);
    chmodSync(chromium, 0o755);
    expect(findBrowser({ PATH: directory })).toBe(chromium);
    expect(findBrowser({ PATH: directory, KDRAMA_TEST_BROWSER: chrome })).toBe(chrome);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
