import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { episodeClip, makeClip } from '../support/clips.js';

const demo = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));

let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'kdrama-demo-test-'));
});
afterEach(() => rmSync(temporary, { recursive: true }));

test('npm run demo -- FILE --keep verifies the file, serves until Ctrl-C, leaves nothing', async () => {
  const file = await makeClip({ ...episodeClip, size: '320x180', subtitles: [], seconds: 4 });
  const child = spawn(process.execPath, [demo, file, '--keep'], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('watch at ')) break;
  }
  const address = new URL(lines.at(-1)?.slice('watch at '.length) ?? '');
  expect(address.hash).toMatch(/^#enter=\w{4}-\w{4}$/);
  expect((await fetch(address)).headers.get('content-type')).toContain('text/html');
  child.kill('SIGINT');
  expect(await exit).toEqual([0, null]);
  expect(lines.find((line) => line.includes('copied'))).toMatch(/ 96$/); // 4 s at 24 frames
  expect(readdirSync(temporary)).toEqual([]);
});
