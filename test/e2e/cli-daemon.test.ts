import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '../../src/cli/daemon/process-alive.js';
import { cliHome, kdramaPath, type CliHome } from '../support/cli.js';

let cli: CliHome;
beforeEach(async () => {
  cli = await cliHome();
});
afterEach(async () => {
  await cli.remove();
});

async function takenPort(): Promise<{ port: number; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** Every process that was started for this home; where there is no /proc, the one it names. */
function processesOf(home: string): number[] {
  if (!existsSync('/proc/self/environ')) return [cli.daemonPid()];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`KDRAMA_HOME=${home}\0`);
    } catch {
      return false; // Of another user, or gone meanwhile.
    }
  });
}

describe('start and stop', () => {
  test('ten starts at once end in one daemon, and everyone is told its address', async () => {
    const starts = await Promise.all(
      Array.from({ length: 10 }, () => cli.kdrama('start', '--json')),
    );
    expect(starts.map(({ exit }) => exit)).toEqual(starts.map(() => 0));
    const facts = starts.map(({ out }) => JSON.parse(out) as { pid: number; started: boolean });
    expect(new Set(facts.map(({ pid }) => pid)).size).toBe(1);
    expect(facts.filter(({ started }) => started)).toHaveLength(1);
    await expect.poll(() => processesOf(cli.home), { timeout: 20_000 }).toEqual([cli.daemonPid()]);
  });

  test('stop waits until the process is gone; without one there is nothing to do', async () => {
    await cli.kdrama('start');
    const pid = cli.daemonPid();
    expect((await cli.kdrama('stop')).exit).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(await cli.kdrama('stop', '--json')).toMatchObject({
      exit: 0,
      out: '{"stopped":false,"pid":null}\n',
    });
  });

  test('a daemon that was killed is reported as not running, and can be started again', async () => {
    await cli.kdrama('start');
    process.kill(cli.daemonPid(), 'SIGKILL');
    expect((await cli.kdrama('status')).exit).toBe(4);
    expect((await cli.kdrama('start')).exit).toBe(0);
    expect((await cli.kdrama('status')).exit).toBe(0);
  });

  test('a daemon that cannot start is explained by the last lines of its log', async () => {
    const { port, close } = await takenPort();
    const { exit, err } = await cli.start(['start'], { KDRAMA_LISTEN: `127.0.0.1:${port}` }).ended;
    close();
    expect(exit).toBe(4);
    expect(err).toContain('The port is taken by another program');
    expect(err).toContain('daemon.log');
  });

  test('a pause of everything outlives the daemon, and status says so until it is resumed', async () => {
    await cli.kdrama('start');
    expect((await cli.kdrama('pause', '--all')).exit).toBe(0);
    expect((await cli.kdrama('stop', '--drain')).exit).toBe(0);
    await cli.kdrama('start');
    expect((await cli.kdrama('status')).err).toContain('Everything is paused');
    expect((await cli.kdrama('resume', '--all')).err).toContain('Going on');
    expect((await cli.kdrama('status')).err).not.toContain('paused');
    expect((await cli.kdrama('pause')).exit).toBe(2);
  });

  test('restart puts a new process in the place of the old one', async () => {
    await cli.kdrama('start');
    const before = cli.daemonPid();
    expect((await cli.kdrama('restart')).exit).toBe(0);
    expect(isAlive(before)).toBe(false);
    expect(cli.daemonPid()).not.toBe(before);
    expect((await cli.kdrama('status')).exit).toBe(0);
  });

  test('start prints an address that signs a browser in, once', async () => {
    const { err, out } = await cli.kdrama('start');
    const code = /#enter=(\S+)/.exec(err)?.[1];
    const enter = () =>
      fetch(`${out.trim()}/api/v1/auth/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
    expect((await enter()).status).toBe(200);
    expect((await enter()).ok).toBe(false);
  });
});

describe('serve', () => {
  test('takes over from a daemon in the background and stops in order on Ctrl-C', async () => {
    await cli.kdrama('start');
    const background = cli.daemonPid();
    const serve = cli.start(['serve']);
    await serve.said(/#enter=/);
    expect(isAlive(background)).toBe(false);
    expect((await cli.kdrama('status')).exit).toBe(0);
    expect(cli.daemonPid()).toBe(serve.child.pid);
    serve.child.kill('SIGINT');
    const { exit, out, err } = await serve.ended;
    expect(exit).toBe(0);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
    expect(err).toContain(`Stopped the daemon in the background (pid ${background})`);
    expect((await cli.kdrama('status')).exit).toBe(4);
  });

  test('says that the port is taken, and by what it can be changed', async () => {
    const { port, close } = await takenPort();
    const { exit, err } = await cli.kdrama('serve', `--listen=127.0.0.1:${port}`);
    close();
    expect(exit).toBe(1);
    expect(err).toContain('The port is taken by another program');
    expect(err).toContain('KDRAMA_LISTEN');
  });
});

describe('doctor', () => {
  test('finds nothing wrong on this computer, one JSON value a line', async () => {
    await cli.kdrama('start');
    const { exit, out } = await cli.kdrama('doctor', '--json');
    const checks = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; level: string });
    const everywhere = ['node', 'home', 'token', 'database', 'daemon', 'ffmpeg', 'encoders'];
    expect(checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...everywhere, 'network', 'disk']),
    );
    expect(checks.filter(({ level }) => level === 'fail')).toEqual([]);
    expect(exit).toBe(0);
  });

  test('fails with one thing to do when there is no working ffmpeg', async () => {
    const { exit, out } = await cli.start(['doctor'], { KDRAMA_FFMPEG: '/nowhere/ffmpeg' }).ended;
    expect(exit).toBe(1);
    expect(out).toMatch(/FAIL {2}ffmpeg .*\/nowhere\/ffmpeg cannot be started\n.*→ Install ffmpeg/);
  });

  test('says how an ffmpeg ended that does not say what it is', async () => {
    const broken = join(cli.home, 'ffmpeg');
    const said = 'echo "error while loading shared libraries: libx.so.1" >&2';
    writeFileSync(broken, `#!/bin/sh\n${said}\nexit 127\n`, { mode: 0o755 });
    const { out } = await cli.start(['doctor'], { KDRAMA_FFMPEG: broken }).ended;
    expect(out).toContain('cannot be started (exit code 127: error while loading shared');
  });

  test('names a configuration that cannot be read', async () => {
    writeFileSync(join(cli.home, 'config.toml'), 'listen = 7');
    const { exit, out } = await cli.kdrama('doctor');
    expect(exit).toBe(1);
    expect(out).toContain('config.toml');
  });
});

describe('the starter', () => {
  test('loads nothing but Node’s own modules before a command asks for more', () => {
    const bundle = readFileSync(join(dirname(kdramaPath), '../dist/cli/kdrama.cjs'), 'utf8');
    const loaded = [...bundle.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
    expect(loaded.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(loaded).toContain('node:http');
  });

  test('works through a symbolic link, as a global installation has it', () => {
    const link = join(cli.home, 'kdrama');
    symlinkSync(kdramaPath, link);
    const { stdout, status } = spawnSync(link, ['--version'], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '0.1.0\n']);
  });

  test('on a checkout that is not built says what to run', () => {
    mkdirSync(join(cli.home, 'bin'));
    copyFileSync(kdramaPath, join(cli.home, 'bin/kdrama'));
    cpSync(join(dirname(kdramaPath), 'package.json'), join(cli.home, 'bin/package.json'));
    const { stderr, status } = spawnSync(join(cli.home, 'bin/kdrama'), ['list'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('npm run setup');
  });
});
