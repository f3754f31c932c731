import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests leave in the directory for temporary files goes when all of them are over. */
export function setup(): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-tests-'));
  // Some tests are another account.
  chmodSync(directory, 0o755);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = directory;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
}
