import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/host/run-program.js';
import { run } from '../../../src/cli/main.js';
import type { Deps } from '../../../src/cli/deps.js';
import { cliDeps } from '../../support/cli-deps.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const password = 'a long sentence';
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({ runTask: endlessTask });
});
afterAll(() => daemon.close());

async function kdrama(words: readonly string[], given: Partial<Deps> = {}) {
  const deps = cliDeps({ home: daemon.home, ...given });
  return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
}

const piped = (text: string) => ({ stdin: Readable.from([Buffer.from(text)]) });

/** A terminal at which somebody types each text when a question is asked. */
function typing(...texts: string[]): { deps: Partial<Deps>; shown: () => string } {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  let shown = '';
  const stderr = new PassThrough();
  stderr.on('data', (piece: Buffer) => {
    shown += piece.toString();
    const next = piece.toString().endsWith(': ') ? texts.shift() : undefined;
    if (next !== undefined) stdin.write(next);
  });
  return { deps: { stdin, stderr }, shown: () => shown };
}

const signIn = async (username: string, given: string) =>
  (
    await fetch(`${daemon.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: given }),
    })
  ).status;

describe('kdrama user', () => {
  test('adds somebody whose password comes in by stdin, lists and removes them', async () => {
    const added = await kdrama(
      ['user', 'add', 'mina', '--role', 'uploader', '--password-stdin'],
      piped(`${password}\n`),
    );
    expect(added.exit, added.err).toBe(0);
    expect(added.err).toBe('mina is added as uploader.\n');
    const id = added.out.trim();
    expect(await signIn('mina', password)).toBe(200);
    const listed = await kdrama(['user', 'list']);
    expect(listed.out).toContain(`${id}\tuploader\t`);
    const json = await kdrama(['user', 'list', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ id, username: 'mina' });
    expect((await kdrama(['user', 'role', 'MINA', 'admin', '-q'])).out).toBe(`${id}\n`);
    expect((await kdrama(['user', 'remove', 'Mina', '-q'])).out).toBe(`${id}\n`);
    expect(await signIn('mina', password)).toBe(401);
  });

  test('asks for a password twice and shows nothing of it', async () => {
    const { deps, shown } = typing(`${password}\r`, `${password}\r`);
    const { exit } = await kdrama(['user', 'add', 'jun', '-q'], deps);
    expect(exit).toBe(0);
    expect(shown()).toBe('Password: \nAgain: \n');
    expect(await signIn('jun', password)).toBe(200);
    const again = typing('another sentence\r', 'another sentence\r');
    expect((await kdrama(['user', 'passwd', 'jun'], again.deps)).exit).toBe(0);
    expect(await signIn('jun', 'another sentence')).toBe(200);
  });

  test('adds nobody when the two differ, on Ctrl-C, or without a terminal', async () => {
    const differing = typing(`${password}\r`, 'something else\r');
    expect((await kdrama(['user', 'add', 'hana'], differing.deps)).exit).toBe(2);
    expect(differing.shown()).toContain('the two passwords differ');
    const interrupted = typing('\u0003');
    expect((await kdrama(['user', 'add', 'hana'], interrupted.deps)).exit).toBe(130);
    const noTerminal = await kdrama(['user', 'add', 'hana']);
    expect(noTerminal.exit).toBe(2);
    expect(noTerminal.err).toContain('--password-stdin');
    expect((await kdrama(['user', 'list'])).out).not.toContain('hana');
  });

  test('says who is not there, and which roles there are', async () => {
    const nobody = await kdrama(['user', 'remove', 'nobody']);
    expect([nobody.exit, nobody.out]).toEqual([3, '']);
    expect(nobody.err).toContain('kdrama user list');
    const role = await kdrama(['user', 'role', 'jun', 'root']);
    expect(role.exit).toBe(2);
    expect(role.err).toContain('user, uploader, admin');
  });
});

describe('kdrama token', () => {
  test('makes a key on stdout alone, lists and revokes it', async () => {
    const made = await kdrama([
      ...['token', 'create', 'nightly', '--role', 'uploader'],
      ...['--scopes', 'upload,jobs', '--expires-in-days', '90'],
    ]);
    expect(made.exit, made.err).toBe(0);
    const token = made.out.trim();
    expect(token).toMatch(/^kd_[0-9a-z]{8}_[\w-]{43}$/);
    expect(made.err).not.toContain(token);
    const uses = () =>
      fetch(`${daemon.url}/api/v1/jobs`, { headers: { authorization: `Bearer ${token}` } });
    expect((await uses()).status).toBe(200);
    const listed = await kdrama(['token', 'list']);
    expect(listed.out).toContain(`${token.slice(3, 11)}\tuploader\tupload,jobs\t`);
    expect(listed.out).not.toContain(token);
    expect((await kdrama(['token', 'revoke', token.slice(3, 11)])).exit).toBe(0);
    expect((await uses()).status).toBe(401);
    expect((await kdrama(['token', 'revoke', token])).exit).toBe(3);
  });

  test('knows its scopes', async () => {
    const { exit, err } = await kdrama(['token', 'create', 'x', '--scopes', 'everything']);
    expect(exit).toBe(2);
    expect(err).toContain('upload,jobs,watch,workflow,metrics');
  });

  test('rotate signs everybody out', async () => {
    expect(await kdrama(['token', 'rotate', '-q'])).toEqual({ exit: 0, out: '', err: '' });
  });
});

test('kdrama doctor warns of auth.local = open, running or not', async () => {
  const open = await startTestDaemon({
    runTask: endlessTask,
    env: { KDRAMA_AUTH_LOCAL: 'open' },
  });
  try {
    const running = cliDeps({ home: open.home, runProgram });
    await run(['doctor', '-q'], running);
    expect(running.out()).toContain('auth.local = open');
  } finally {
    await open.close();
  }
  const stopped = cliDeps({ env: { KDRAMA_AUTH_LOCAL: 'open' }, runProgram });
  await run(['doctor', '-q'], stopped);
  expect(stopped.out()).toContain('auth.local = open');
  const local = cliDeps({ home: daemon.home, runProgram });
  await run(['doctor'], local);
  expect(local.out()).not.toContain('auth.local');
});

test('kdrama doctor says which lines are about this computer, where KDRAMA_HOST is another', async () => {
  const host = daemon.url.replace('http://', '');
  const deps = cliDeps({ env: { KDRAMA_HOST: host, KDRAMA_AUTH_LOCAL: 'open' }, runProgram });
  await run(['doctor'], deps);
  expect(deps.err()).toContain(`KDRAMA_HOST is ${host}: only the line "daemon" is about that`);
  expect(deps.out()).toMatch(new RegExp(`^ok {4}daemon .* at http://${host} `, 'm'));
  expect(deps.out()).not.toMatch(/^.{4} {2}(service|access|network|port) /m);
});

test('kdrama doctor names a wrong key in config.toml in a short line, with what was meant', async () => {
  const deps = cliDeps({ runProgram });
  writeFileSync(join(deps.home, 'config.toml'), '[transcode]\ncpuShar = 50\n');
  expect(await run(['doctor', '-q'], deps)).toBe(1);
  const [line = '', advice] = deps.out().split('\n').slice(-3);
  expect(line).toMatch(/^FAIL {2}config +.*config\.toml: there is no setting transcode\.cpuShar$/);
  expect(line.length).toBeLessThan(160);
  expect(advice).toContain('→ Did you mean transcode.cpuShare?');
});
