import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkAddresses } from '../../../src/cli/doctor/addresses-check.js';
import { checkCodec } from '../../../src/cli/doctor/codecs-check.js';
import { checkDatabase } from '../../../src/cli/doctor/database-check.js';
import { checkDisk } from '../../../src/cli/doctor/disk-check.js';
import {
  checkHardwareEncoder,
  checkNeededEncoders,
} from '../../../src/cli/doctor/encoders-check.js';
import { checkHoles } from '../../../src/cli/doctor/ffmpeg-holes-check.js';
import { checkHome } from '../../../src/cli/doctor/home-check.js';
import { checkInotify } from '../../../src/cli/doctor/inotify-check.js';
import { checkSandbox } from '../../../src/cli/doctor/sandbox-check.js';
import type { RunProgram } from '../../../src/cli/host/host.js';
import { run } from '../../../src/cli/main.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';

test.each([
  ['5.1.6-0+deb12u1', ['5.1.7 mends holes']],
  ['5.1.9-0+deb12u1', []],
  ['6.0', ['6.0 gets no more fixes']],
  ['n7.1.1', ['7.1.2 mends holes']],
  ['7.1.2', []],
  ['8.0', []],
  ['N-109741-gabcdef', []],
])('ffmpeg %s has the known holes %j', (version, holes) => {
  const found = checkHoles(version);
  expect(found.map(({ level }) => level)).toEqual(holes.map(() => 'warn'));
  holes.forEach((hole, index) => expect(found[index]?.message).toContain(hole));
});

/** A computer on which programs whose words match cannot be run. */
const failing =
  (words: RegExp, exitCode = 1): RunProgram =>
  (file, args) =>
    Promise.resolve({
      exitCode: words.test([file, ...args].join(' ')) ? exitCode : 0,
      stdout: '',
      stderr: '',
    });

test('only the encoders that every transcode needs can be missed', () => {
  const needed = ['libx264', 'aac'];
  expect(checkNeededEncoders(needed, ['libx264'])).toMatchObject({
    ...{ level: 'fail', message: 'libx264 cannot encode' },
  });
  expect(checkNeededEncoders(needed, [])).toMatchObject({
    ...{ level: 'ok', message: 'libx264 and aac work' },
  });
});

test('each hardware encoder is shown with what decodes, or with the reason why not', () => {
  const works = { codec: 'h264_nvenc', works: true, reason: '' };
  expect(checkHardwareEncoder({ ...works, hwaccel: 'cuda' })).toEqual({
    ...{ name: 'hardware', level: 'ok', message: 'h264_nvenc works; cuda decodes' },
  });
  expect(checkHardwareEncoder(works).message).toBe('h264_nvenc works; the CPU decodes');
  const missing = { codec: 'h264_qsv', works: false, reason: 'no\u001b[31m device' };
  expect(checkHardwareEncoder(missing)).toMatchObject({ level: 'ok' });
  expect(checkHardwareEncoder(missing).message).toMatch(/^h264_qsv is not used: no.*device$/);
  expect(checkHardwareEncoder(missing).message).not.toContain('\u001b');
});

test('each other codec is shown with what follows for those who ask for it', () => {
  const works = { codec: 'hevc', encoder: 'libx265', reason: '' } as const;
  expect(checkCodec(works)).toEqual({
    ...{ name: 'codecs', level: 'ok' },
    message: 'libx265 works: resolutions like 720p-hevc can be asked for',
  });
  expect(checkCodec({ ...works, reason: "Unknown encoder 'libx265'" })).toEqual({
    ...{ name: 'codecs', level: 'ok' },
    message:
      "libx265 does not work, resolutions like 720p-hevc are left out: Unknown encoder 'libx265'",
  });
});

test('the sandbox is looked for on Linux only, and nothing is claimed about it', async () => {
  expect(await checkSandbox('darwin', failing(/./))).toEqual([]);
  const said = async (runs: RunProgram) => (await checkSandbox('linux', runs))[0]?.message;
  expect(await said(failing(/nothing/))).toContain('bubblewrap works here');
  expect(await said(failing(/bwrap/, 127))).toContain('not installed');
  expect(await said(failing(/bwrap/, 1))).toContain('not allowed');
});

test('few inotify watches are a warning with one thing to do, none are no limit', () => {
  expect(checkInotify(() => '8192\n')).toMatchObject([
    { level: 'warn', advice: expect.stringContaining('sysctl') },
  ]);
  expect(checkInotify(() => '65536\n')).toMatchObject([{ level: 'ok' }]);
  const none = () => {
    throw new Error('ENOENT');
  };
  expect(checkInotify(none)).toEqual([]);
});

test('addresses on the network are shown, and one that this computer has not is a warning', () => {
  const interfaces = { eth0: [{ address: '10.0.0.7', family: 'IPv4', internal: false }] };
  const at = (hostname: string) =>
    checkAddresses({ scheme: 'http', hostname, port: 7474 }, interfaces);
  expect(at('127.0.0.1')).toMatchObject({ level: 'ok' });
  expect(at('0.0.0.0')).toMatchObject({ level: 'ok', message: 'http://10.0.0.7:7474' });
  expect(at('10.0.0.9')).toMatchObject({ level: 'warn' });
});

test('a database module that was built for another Node fails with what to do', async () => {
  const broken = () => Promise.reject(new Error('NODE_MODULE_VERSION 115\nmore'));
  expect(await checkDatabase(broken)).toMatchObject({
    level: 'fail',
    message: 'this Node cannot load SQLite: NODE_MODULE_VERSION 115',
  });
  expect(await checkDatabase(() => Promise.resolve())).toMatchObject({ level: 'ok' });
});

test('a directory that cannot be made is a failure, one that only is not there yet is none', async () => {
  expect(checkHome('/dev/null/home')).toMatchObject([{ name: 'home', level: 'fail' }]);
  expect(await checkDisk('/dev/null/media')).toMatchObject({
    ...{ level: 'fail', message: '/dev/null/media cannot be written' },
  });
  const later = join(temporaryDirectory(), 'not', 'yet');
  expect(checkHome(later)).toMatchObject([{ name: 'home', level: 'ok' }]);
  expect((await checkDisk(later)).message).toContain('free for');
});

test('a configuration that is none is said in one line, with what to do', async () => {
  const deps = cliDeps({ host: { ...cliDeps().host, platform: 'darwin' } });
  writeFileSync(join(deps.home, 'config.toml'), 'lan = true\nmine = [\n');
  expect(await run(['doctor', '-q'], deps)).toBe(1);
  expect(deps.out()).toContain(
    'config.toml:3:1: Invalid TOML document: invalid value\n      → Correct the variable, or',
  );
});
