import { execFile, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobResults } from '../../src/shared/contract/index.js';
import { episodeClip, makeClip } from '../support/clips.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';

const execute = promisify(execFile);
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** The code under a heading of docs/api.md. */
async function codeUnder(heading: string): Promise<string> {
  const page = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  const code = /^```\w+\n(.*?)^```/ms.exec(section)?.[1];
  if (code === undefined) throw new Error(`docs/api.md has no code under ${heading}`);
  return code;
}

/** Each client meets a daemon of its own: what is known already would be answered at once. */
describe('the clients of docs/api.md', () => {
  let daemon: TestDaemon;
  let directory: string;
  const seconds = { curl: 5, Python: 6, JavaScript: 7, 'A plain client': 8 };
  beforeAll(async () => {
    daemon = await startTestDaemon();
    directory = await mkdtemp(join(tmpdir(), 'kdrama-clients-'));
  });
  afterAll(async () => {
    await daemon.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** What it prints, run as it stands with an episode that the daemon does not know yet. */
  async function run(
    heading: keyof typeof seconds,
    [program, ...before]: readonly [string, ...string[]],
    script: string,
  ): Promise<string> {
    const small = { ...episodeClip, size: '640x360' as const, seconds: seconds[heading] };
    await copyFile(await makeClip(small), join(directory, 'episode1.mkv'));
    await writeFile(join(directory, script), await codeUnder(heading));
    const env = { ...process.env, KDRAMA_URL: daemon.url, KDRAMA_TOKEN: daemon.token };
    const options = { cwd: directory, env, timeout: 110_000 };
    return (await execute(program, [...before, script, 'episode1.mkv'], options)).stdout;
  }

  test.runIf(has('curl'))('curl', { timeout: 120_000 }, async () => {
    const printed = await run('curl', ['bash', '-eu'], 'client.sh');
    expect(jobResults.parse(JSON.parse(printed)).status).toBe('completed');
    expect((await stat(join(directory, 'episode1.mp4'))).size).toBeGreaterThan(10_000);
  });

  test.runIf(has('python3'))('Python', { timeout: 120_000 }, async () => {
    const files = JSON.parse(await run('Python', ['python3'], 'make_video.py'));
    expect(files.playlist).toMatch(/^\/api\/stream\/\w+\/hls\/master\.m3u8$/);
    expect((await daemon.fetch(files.playlist)).status).toBe(200);
  });

  test('JavaScript', { timeout: 120_000 }, async () => {
    const printed = await run('JavaScript', [process.execPath], 'client.mjs');
    const address = /^.+: (http\S+)$/m.exec(printed)?.[1] ?? '';
    const playlist = await fetch(address);
    expect([playlist.status, await playlist.text()]).toEqual([
      200,
      expect.stringContaining('#EXTM3U'),
    ]);
  });

  test('A plain client', { timeout: 120_000 }, async () => {
    const printed = await run('A plain client', [process.execPath], 'plain.mjs');
    expect(printed).toMatch(/^200 /);
    expect(jobResults.parse(JSON.parse(printed.slice(4))).status).toBe('completed');
  });
});
