import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runConfigGet, runConfigList, runConfigSet } from '../../../src/cli/commands/config.js';
import { run } from '../../../src/cli/main.js';
import { withSetting } from '../../../src/cli/config/config-file.js';
import { cliDeps } from '../../support/cli-deps.js';
import { daemonDouble } from '../../support/daemon-double.js';

const options = { json: false, quiet: false, verbose: false, showOrigin: false };
let deps: ReturnType<typeof cliDeps>;
let path: string;
beforeEach(() => {
  deps = cliDeps();
  path = join(deps.home, 'config.toml');
});
const closing: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(closing.splice(0).map((double) => double.close())));

const written = (text: string, key: string, word: string) =>
  withSetting({ text, path: 'config.toml' }, key, word);

test('a setting is written where it belongs, and every other line stays as it is', () => {
  const text = `# mine
listen = ":80"   # not 7474

[media]
# the big disk
dir = "/mnt/a"
`;
  expect(written(text, 'media.dir', '/mnt/b')).toBe(text.replace('/mnt/a', '/mnt/b'));
  expect(written(text, 'lan', 'true')).toContain('listen = ":80"   # not 7474\nlan = true\n');
  const more = written(text, 'jobs.retentionDays', '9');
  expect(more).toContain('# the big disk\ndir = "/mnt/a"');
  expect(more).toContain('[jobs]\nretentionDays = 9');
});

test.each([
  ['', 'media.dir', '/x', '[media]\ndir = "/x"\n'],
  ['media.dir = "/a" # c\n', 'media.dir', '/b', 'media.dir = "/b" # c\n'],
  ['', 'proxy.trusted', '10.0.0.1,10.0.0.2', '[proxy]\ntrusted = [ "10.0.0.1", "10.0.0.2" ]\n'],
  ['', 'transcode.crf', '22.5', '[transcode]\ncrf = 22.5\n'],
  [
    '[transcode]\nladder = "copy" # c\n',
    'transcode.resolutions',
    '1080p=6M,480p',
    '[transcode]\nladder = "copy" # c\nresolutions = [ "1080p=6M", "480p" ]\n',
  ],
  ['lan = true # c\nlisten = ":1"\n', 'lan', '', 'listen = ":1"\n'],
  ['', 'lan', '', ''],
])('in %j, %s set to %j gives %j', (text, key, word, wanted) => {
  expect(written(text, key, word)).toBe(wanted);
});

test.each([
  ['jobs.retentionDays', '0', 'CONFIG_INVALID'],
  ['jobs.retentionDays', 'soon', 'CONFIG_INVALID'],
  ['lan', 'perhaps', 'CONFIG_INVALID'],
  ['listen', '127.0.0.1:99999', 'CONFIG_INVALID'],
  ['log.level', 'loud', 'CONFIG_INVALID'],
  ['transcode.resolutions', '1080p,1080p', 'CONFIG_INVALID'],
  ['transcode.resolutions', '720p,720p-av1,720p-av1=1M', 'CONFIG_INVALID'],
  ['transcode.crf', '0', 'CONFIG_INVALID'],
  ['media.directory', '/x', 'VALIDATION_FAILED'],
])(
  '%s = %s is refused as the daemon would refuse it, and nothing is written',
  async (key, word, code) => {
    await expect(runConfigSet(key, word, options, deps)).rejects.toMatchObject({ code });
    expect(existsSync(path)).toBe(false);
  },
);

test('a file with another mistake in it is not written over', async () => {
  writeFileSync(path, 'mediadir = "/x"');
  await expect(runConfigSet('lan', 'true', options, deps)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
  expect(readFileSync(path, 'utf8')).toBe('mediadir = "/x"');
});

test('set writes for its owner only, follows a link, and get reads it without a daemon', async () => {
  const real = join(deps.home, 'dotfiles.toml');
  writeFileSync(real, '');
  symlinkSync(real, path);
  expect(await runConfigSet('media.dir', '/mnt/b', options, deps)).toBe(0);
  expect(statSync(real).mode & 0o777).toBe(0o600);
  expect(await runConfigGet('media.dir', options, deps)).toBe(0);
  expect(deps.out()).toBe('/mnt/b\n');
});

test('set says that a running daemon needs a restart, and that a variable wins', async () => {
  await runConfigSet('lan', 'true', options, deps);
  expect(deps.err()).not.toContain('kdrama stop');
  closing.push(await daemonDouble(deps.home, () => ({ body: {} })));
  await runConfigSet('lan', 'true', options, { ...deps, env: { KDRAMA_LAN: 'false' } });
  expect(deps.err()).toContain('Here KDRAMA_LAN is set, too, and wins.');
  expect(deps.err()).toContain('kdrama restart');
});

test('set belongs to this computer', async () => {
  const elsewhere = { ...deps, env: { KDRAMA_HOST: 'tv:7474' } };
  await expect(runConfigSet('lan', 'true', options, elsewhere)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
  });
});

test('secrets are never shown', async () => {
  const secret = 'x'.repeat(40);
  await runConfigSet('auth.jwtSecret', secret, { ...options, json: true }, deps);
  await runConfigGet('auth.jwtSecret', options, deps);
  await runConfigList({ ...options, showOrigin: true }, deps);
  expect(deps.out() + deps.err()).not.toContain(secret);
  expect(deps.out()).toContain('(secret)');
});

test.each([
  ['transcode.cpuShar', 'Did you mean transcode.cpuShare?'],
  ['cpushare', 'Did you mean transcode.cpuShare?'],
  ['work.cpuShare', 'Did you mean transcode.cpuShare?'],
  ['media.directory', 'Did you mean media.dir?'],
  ['soup', '"kdrama config list" names them all.'],
])('the setting %s is none: %s', async (key, hint) => {
  const refused = (work: Promise<unknown>) =>
    expect(work).rejects.toMatchObject({
      message: `There is no setting ${key}`,
      hint: expect.stringContaining(hint),
    });
  await refused(runConfigGet(key, options, deps));
  await refused(runConfigSet(key, '1', options, deps));
});

test('an unknown key in the file is named with the one that was meant, in one short line', () => {
  const read = () => written('[transcode]\ncpuShar = 50\n', 'lan', 'true');
  expect(read).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(/: config\.toml: there is no setting transcode\.cpuShar$/),
      hint: expect.stringContaining('Did you mean transcode.cpuShare?'),
    }),
  );
});

test.each([
  ['transcode.cpuShare', '150'],
  ['listen', '127.0.0.1:99999'],
])('what was typed for %s is corrected there, and not in a file', async (key, word) => {
  expect(await run(['config', 'set', key, word], deps)).toBe(2);
  expect(deps.err()).toContain('Correct the value and run it again');
  expect(deps.err()).not.toContain('config.toml');
});

test('get --show-origin prints the line that list has, with tabs in a pipe', async () => {
  await runConfigSet('media.dir', '/mnt/b', { ...options, quiet: true }, deps);
  expect(await run(['config', 'get', 'media.dir', '--show-origin'], deps)).toBe(0);
  const line = deps.out();
  expect(line).toMatch(/^media\.dir\t\/mnt\/b\tfile\tKDRAMA_MEDIA_DIR\twhere media lies.*\n$/);
  await run(['config', 'list', '--show-origin'], deps);
  expect(deps.out().slice(line.length)).toContain(line);
});
