import { execFile, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { episodeClip, makeClip } from '../support/clips.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const blocks = Array.from(readme.matchAll(/^```sh\n(.*?)^```/gms), ([, block = '']) => block);
const npmLines = blocks.flatMap((block) => block.match(/^npm .*$/gm) ?? []);
const shellBlocks = blocks.filter((block) => !block.startsWith('npm '));
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let directory: string;
let env: NodeJS.ProcessEnv;

/** A block as a reader would type it, in a directory with their two episodes. */
async function runBlock(block: string) {
  // The reader stands in the clone when setting PATH; here that is done already.
  const script = `set -euo pipefail\n${block.replaceAll('$PWD/bin', '$CLONE/bin')}`;
  return execute('bash', ['-c', script], { cwd: directory, env });
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-readme-'));
  env = {
    ...process.env,
    CLONE: root.slice(0, -1),
    PATH: `${join(root, 'bin')}:${process.env['PATH']}`,
    HOME: directory,
    KDRAMA_HOME: join(directory, 'home'),
    KDRAMA_LISTEN: '127.0.0.1:0',
  };
  mkdirSync(join(directory, 'Videos'));
  for (const [file, seconds] of [['episode1.mp4', 3] as const, ['episode2.mkv', 4] as const]) {
    copyFileSync(
      await makeClip({ ...episodeClip, size: '320x180', subtitles: [], seconds }),
      join(directory, file),
    );
  }
});

afterAll(async () => {
  await runBlock('kdrama stop || true');
  rmSync(directory, { recursive: true });
});

describe('what the README says can be typed', () => {
  test.each(npmLines)('%s is a script of package.json, or of npm itself', (line) => {
    const name = /^npm (?:run )?([\w:]+)/.exec(line)?.[1] ?? '';
    expect([...Object.keys(scripts), 'pack', 'install']).toContain(name);
  });

  test.each(shellBlocks)('%s', async (block) => {
    const runnable = hasCurl ? block : block.replaceAll(/^curl .*$/gm, '');
    const { stdout } = await runBlock(runnable);
    // The one-time address and the ids are the reader's to take from there.
    if (/^(id=|curl|kdrama (list|status))/m.test(block)) expect(stdout).not.toBe('');
  });
});
