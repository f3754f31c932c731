import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

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
