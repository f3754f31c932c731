import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../src/daemon/config.js';
import type { Flags } from '../../../src/shared/effective-settings.js';
import { KdramaError } from '../../../src/shared/errors.js';
import { parseListen } from '../../../src/shared/listen-address.js';
import { settingNames, settings } from '../../../src/shared/settings.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kdrama-config-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const read = (env: Record<string, string> = {}, flags: Flags = {}) =>
  readConfig({ KDRAMA_HOME: home, ...env }, flags);
const write = (toml: string) => writeFileSync(join(home, 'config.toml'), toml);

function refusal(work: () => unknown): KdramaError {
  try {
    work();
  } catch (error) {
    if (error instanceof KdramaError) return error;
    throw error;
  }
  throw new Error('expected it to be refused');
}

test('without file, variables and flags everything is at its default', () => {
  const config = read();
  expect(config.listen).toEqual({ hostname: '127.0.0.1', port: 7474 });
  expect(config.uploadMaxBytes).toBe(2_147_483_648);
  expect(config.retentionDays).toBe(30);
  expect(config.localAuth).toBe('token');
  expect(new Set(Object.values(config.origins))).toEqual(new Set(['default']));
});

test('flags win over variables, variables over the file, and each says where it comes from', () => {
  write('listen = "127.0.0.1:1"\n[media]\ndir = "/media"\n[upload]\nmaxBytes = 5');
  const config = read(
    { KDRAMA_LISTEN: '127.0.0.1:2', KDRAMA_MEDIA_DIR: '/other' },
    { listen: ':3' },
  );
  expect(config.listen.port).toBe(3);
  expect(config.mediaDirectory).toBe('/other');
  expect(config.uploadMaxBytes).toBe(5);
  const { listen, mediaDirectory, uploadMaxBytes, openViewing } = config.origins;
  expect([listen, mediaDirectory, uploadMaxBytes, openViewing]).toEqual([
    'flag',
    'environment',
    'file',
    'default',
  ]);
});

test('an empty variable is one that is not set', () => {
  expect(read({ KDRAMA_MEDIA_DIR: '' }).mediaDirectory).toBeUndefined();
});

test('variables are words, numbers, lists and yes or no', () => {
  const config = read({
    KDRAMA_ALLOWED_HOSTS: 'tv.home.arpa,box',
    KDRAMA_OPEN_VIEWING: 'true',
    KDRAMA_RETENTION_DAYS: '7',
  });
  expect(config.allowedHosts).toEqual(['tv.home.arpa', 'box']);
  expect(config.openViewing).toBe(true);
  expect(config.retentionDays).toBe(7);
});

test.each([
  ['KDRAMA_UPLOAD_MAX_BYTES', '2GB'],
  ['KDRAMA_UPLOAD_MAX_BYTES', '0'],
  ['KDRAMA_OPEN_VIEWING', 'maybe'],
  ['KDRAMA_AUTH_LOCAL', 'none'],
  ['KDRAMA_NOTIFY_URL', 'ftp://example.com'],
  ['KDRAMA_QUIET_HOURS', '8-23'],
  ['KDRAMA_QUIET_HOURS', '08:00'],
  ['KDRAMA_QUIET_HOURS', '24:00-06:00'],
  ['KDRAMA_CRF', '0'],
  ['KDRAMA_CRF', '52'],
  ['KDRAMA_CRF', 'best'],
  ['KDRAMA_PRESET', 'placebo'],
  ['KDRAMA_RESOLUTIONS', '720p,800p'],
  ['KDRAMA_RESOLUTIONS', '720p,720p=3M'],
  ['KDRAMA_RESOLUTIONS', '720p=3G'],
  ['KDRAMA_RESOLUTIONS', '1280x720'],
  ['KDRAMA_QUIET_HOURS', '08:60-09:00'],
  ['KDRAMA_QUIET_HOURS', '08:00-08:00'],
])('%s=%s is refused by name', (name, value) => {
  const error = refusal(() => read({ [name]: value }));
  expect(error.code).toBe('CONFIG_INVALID');
  expect(error.message).toContain(name);
  expect(error.message).toContain(value);
});

test.each([
  ['resolutions = ["8k"]', 'transcode.resolutions', '2160p, 1440p, 1080p, 720p, 540p'],
  ['resolutions = []', 'transcode.resolutions', 'from 50k to 100M bits per second'],
  ['resolutions = "720p"', 'transcode.resolutions', '2160p, 1440p, 1080p, 720p, 540p'],
  ['crf = 60', 'transcode.crf', 'expected a number from 1 to 51'],
  ['preset = "turbo"', 'transcode.preset', 'veryfast'],
])('%s is refused, saying what is allowed', (line, key, allowed) => {
  write(`[transcode]\n${line}`);
  const { code, message } = refusal(read);
  expect(code).toBe('CONFIG_INVALID');
  expect(message).toContain(`config.toml: ${key}`);
  expect(message).toContain(allowed);
});

test('the ladder is written the same in the file and in the variable', () => {
  write(
    '[transcode]\nresolutions = ["1080p=6M", "480p", "480p-av1"]\ncrf = 22.5\npreset = "medium"',
  );
  const wanted = { resolutions: ['1080p=6M', '480p', '480p-av1'], crf: 22.5, preset: 'medium' };
  expect(read()).toMatchObject(wanted);
  const variables = { KDRAMA_RESOLUTIONS: '720p', KDRAMA_CRF: '30', KDRAMA_PRESET: 'slow' };
  expect(read(variables)).toMatchObject({ resolutions: ['720p'], crf: 30, preset: 'slow' });
});

test('a secret that is refused is not repeated', () => {
  const error = refusal(() => read({ KDRAMA_JWT_SECRET: 'too-short' }));
  expect(error.message).toContain('KDRAMA_JWT_SECRET');
  expect(error.message).not.toContain('too-short');
});

test('the file is refused by its path: wrong type, unknown key, no TOML', () => {
  for (const toml of ['listen = 7', '[upload]\nmaxByte = 1', 'listen = ']) {
    write(toml);
    const error = refusal(() => read());
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toContain(join(home, 'config.toml'));
  }
});

test('the file is refused for what a variable or a flag overrules, too', () => {
  write('listen = 7');
  expect(refusal(() => read({ KDRAMA_LISTEN: ':1' })).message).toContain('config.toml: listen');
  expect(refusal(() => read({}, { listen: ':1' })).message).toContain('config.toml: listen');
});

test('keys and variables are each used once', () => {
  const keys = settingNames.map((name) => settings[name].key);
  const variables = settingNames.map((name) => settings[name].env);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(variables).size).toBe(variables.length);
});

test.each([
  ['127.0.0.1:80', '127.0.0.1', 80],
  ['[::1]:80', '::1', 80],
  ['0.0.0.0', '0.0.0.0', 7474],
  [':90', '127.0.0.1', 90],
])('%s listens on %s port %i', (text, hostname, port) => {
  expect(parseListen(text)).toEqual({ hostname, port });
});

test.each(['host:99999', '::1:80', 'a:b'])('%s is no address to listen on', (text) => {
  expect(refusal(() => parseListen(text)).code).toBe('CONFIG_INVALID');
});

test('watched folders are tables in the file, and paths in the variable', () => {
  write('[[watch.folders]]\npath = "/videos"\n[[watch.folders]]\npath = "~/tv"\nmode = "move"');
  expect(read().watchFolders).toEqual([
    { path: '/videos', mode: 'keep', poll: false },
    { path: '~/tv', mode: 'move', poll: false },
  ]);
  const paths = read({ KDRAMA_WATCH_FOLDERS: '/a:/b' }).watchFolders.map(({ path }) => path);
  expect(paths).toEqual(['/a', '/b']);
});

test.each([
  ['path = "videos"', 'expected an absolute path'],
  ['path = "/videos"\nmove = true', 'move'],
  ['path = "/videos"\nmode = "copy"', 'keep'],
])('a watched folder that says %s is refused', (line, reason) => {
  write(`[[watch.folders]]\n${line}`);
  expect(refusal(read)).toMatchObject({ code: 'CONFIG_INVALID' });
  expect(refusal(read).message).toContain(reason);
});
