import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCertificate } from '../support/certificate.js';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip } from '../support/clips.js';

const run = promisify(execFile);
let home: CliHome;
beforeEach(async () => {
  home = await cliHome();
});
afterEach(() => home.remove());

interface Served {
  readonly url: string;
  readonly addresses: string[];
  readonly name: string;
  readonly signInUrl: string;
  readonly code: string;
}

async function serve(...words: string[]): Promise<{ facts: Served; stop: () => Promise<unknown> }> {
  const running = home.start(['serve', '--json', ...words]);
  const facts = JSON.parse(await running.said(/^\{.*\}$/m)) as Served;
  return {
    facts,
    stop() {
      running.child.kill('SIGINT');
      return running.ended;
    },
  };
}

test('serve --lan is found on the network; a phone that opens its address watches', async () => {
  const { facts, stop } = await serve('--lan');
  expect(facts.name).not.toBe('');
  const base = facts.addresses[0] ?? facts.url;
  expect(facts.signInUrl).toBe(`${base}/#enter=${facts.code}`);
  const entered = await fetch(`${base}/api/v1/auth/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (iPhone) Safari/1' },
    body: JSON.stringify({ code: facts.code }),
  });
  expect(await entered.json()).toMatchObject({ user: { role: 'user' } });

  const list = await home.kdrama('pair', 'list');
  expect(list.out).toMatch(/Safari on iPhone/);
  const id = (await home.kdrama('pair', 'list', '-q')).out.trim();
  expect((await home.kdrama('pair', 'revoke', id)).exit).toBe(0);
  expect((await home.kdrama('pair', 'revoke', id)).exit).toBe(3);
  expect((await home.kdrama('pair', 'list', '--json')).out).toBe('');
  await stop();
});

test('pair prints a code that works once', async () => {
  await home.kdrama('start', '-q');
  const { code, url } = JSON.parse(
    (await home.kdrama('pair', '--role', 'uploader', '--json')).out,
  ) as {
    code: string;
    url: string;
  };
  const enter = () =>
    fetch(`${new URL(url).origin}/api/v1/auth/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
  expect(await (await enter()).json()).toMatchObject({ user: { role: 'uploader' } });
  expect((await enter()).status).toBe(401);
  expect((await home.kdrama('pair', '--role', 'king')).exit).toBe(2);
});

test('open --url prints an address that a player opens without signing in', async () => {
  const { facts, stop } = await serve('--lan');
  const video = (
    await home.kdrama(
      'upload',
      '-q',
      '--wait',
      await makeClip({ ...episodeClip, seconds: 6, size: '640x360' }),
    )
  ).out.trim();
  const url = (await home.kdrama('open', '--url', video)).out.trim();
  expect(url.startsWith(`${facts.addresses[0] ?? facts.url}/api/v1/stream/${video}/key/`)).toBe(
    true,
  );
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_type',
    url,
  ]);
  expect(stdout).toContain('codec_type=video');
  await run('ffmpeg', ['-v', 'error', '-i', url, '-f', 'null', '-']);
  const library = await home.start(['open', '--json'], { BROWSER: '' }).ended;
  expect(library.out).toMatch(/#enter=/);
  await stop();
});

test('start speaks TLS to its own command line, and says when it runs otherwise', async () => {
  const { cert, key } = makeCertificate();
  const started = await home.kdrama('start', '--tls-cert', cert, '--tls-key', key);
  expect(started.out).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/m);
  expect((await home.kdrama('list')).exit).toBe(0);
  const lan = await home.kdrama('start', '--lan');
  expect([lan.exit, lan.err]).toEqual([1, expect.stringContaining('without --lan')]);
  expect((await home.kdrama('start', '--tls-cert', cert)).exit).toBe(0);
});

test('a certificate that is none stops the start with what to do', async () => {
  const { key } = makeCertificate();
  const refused = await home.kdrama('serve', '--tls-cert', key, '--tls-key', key);
  expect(refused.exit).not.toBe(0);
  expect(refused.err).toMatch(/TLS: .*cannot be used[\s\S]*Expected PEM files/);
});
