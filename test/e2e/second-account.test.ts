import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cliHome, kdramaPath, type CliHome } from '../support/cli.js';

/** "nobody": an account that every system has. */
const account = { uid: 65_534, gid: 65_534 };

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function asOther(words: readonly string[], env: Record<string, string>): Ended {
  const { PATH = '' } = process.env;
  return spawnSync(kdramaPath, words, {
    ...account,
    cwd: '/',
    env: { PATH, HOME: '/nonexistent', ...env },
    encoding: 'utf8',
  });
}

/** Only root may run something as somebody else, who must reach the checkout too. */
const mayRun = process.getuid?.() === 0 && asOther(['--version'], {}).status === 0;

let owner: CliHome;
let otherHome: string;
beforeEach(async () => {
  owner = await cliHome();
  otherHome = mkdtempSync(join(tmpdir(), 'kdrama-other-'));
});
afterEach(async () => {
  asOther(['stop', '--quiet'], { KDRAMA_HOME: otherHome });
  rmSync(otherHome, { recursive: true });
  await owner.remove();
});

describe.skipIf(!mayRun)('another account of the same computer', () => {
  test('reads nothing of a home that is not its own, and is told so', async () => {
    await owner.kdrama('start');
    for (const words of [['status'], ['list'], ['upload', '/etc/hostname'], ['start']]) {
      const { status, stderr } = asOther(words, { KDRAMA_HOME: owner.home });
      expect([words, status === 0]).toEqual([words, false]);
      expect(stderr).toContain(`${owner.home}/daemon.json (FILE_UNREADABLE)`);
      expect(stderr).toContain('It belongs to another account');
      expect(stderr).not.toMatch(/^ +at /m);
    }
    const open = readdirSync(owner.home, { recursive: true, encoding: 'utf8' }).filter(
      (name) => (statSync(join(owner.home, name)).mode & 0o077) !== 0,
    );
    expect(open).toEqual([]);
  });

  test('is a stranger to the daemon of somebody else: it needs a credential of its own', async () => {
    const { url } = JSON.parse((await owner.kdrama('start', '--json')).out) as { url: string };
    const env = { KDRAMA_HOME: otherHome, KDRAMA_HOST: url };
    chownSync(otherHome, account.uid, account.gid);
    const list = asOther(['list'], env);
    expect(list.status).toBe(5);
    expect(list.stderr).toContain('(AUTH_INVALID_TOKEN)');
    const key = (await owner.kdrama('token', 'create', 'other', '--scopes=watch', '-q')).out.trim();
    expect(asOther(['list'], { ...env, KDRAMA_TOKEN: key }).status).toBe(0);
    expect(asOther(['user', 'list'], { ...env, KDRAMA_TOKEN: key }).status).toBe(5);
  });

  test('has a daemon and a library of its own, at the same time', async () => {
    await owner.kdrama('start');
    chownSync(otherHome, account.uid, account.gid);
    const env = { KDRAMA_HOME: otherHome, KDRAMA_LISTEN: '127.0.0.1:0' };
    expect(asOther(['start', '--quiet'], env)).toMatchObject({ status: 0 });
    expect(asOther(['list'], env)).toMatchObject({ status: 0, stdout: '' });
    expect((await owner.kdrama('status')).exit).toBe(0);
    const unreadable = join(owner.home, 'mine.mp4');
    writeFileSync(unreadable, 'mine', { mode: 0o600 });
    const upload = asOther(['upload', unreadable], env);
    expect(upload.status).not.toBe(0);
    expect(upload.stderr).toContain('permission');
  });
});
