import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

let directory: string;
let installed: string;
let files: string[];
let env: NodeJS.ProcessEnv;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly man: readonly string[];
}

const manifest = () =>
  JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;

/** What was packed, run from a directory that has nothing to do with it. */
async function kdrama(...words: string[]): Promise<string> {
  const cwd = join(directory, 'empty');
  return (await execute(join(installed, 'bin/kdrama'), words, { cwd, env })).stdout;
}

/** Packs what is built, and gives it its own dependencies only: those for development are not there. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'kdrama-package-'));
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
  const { stdout } = await execute('npm', pack, { cwd: root });
  const tarball = join(directory, stdout.trim());
  files = (await execute('tar', ['-tzf', tarball])).stdout.trim().split('\n');
  await execute('tar', ['-xzf', tarball, '-C', directory]);
  installed = join(directory, 'package');
  for (const name of Object.keys(manifest().dependencies)) {
    const link = join(installed, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  mkdirSync(join(directory, 'empty'));
  env = { ...process.env, KDRAMA_HOME: join(directory, 'home'), KDRAMA_LISTEN: '127.0.0.1:0' };
}, 60_000);

afterAll(async () => {
  await kdrama('stop');
  rmSync(directory, { recursive: true });
});

test('the tarball holds the program, the pages and the manual page, and no sources', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'package/bin/kdrama',
      'package/dist/cli/kdrama.cjs',
      'package/dist/daemon/background.js',
      'package/dist/web/index.html',
      'package/README.md',
      ...manifest().man.map((path) => `package/${path}`),
    ]),
  );
  expect(files.filter((file) => /^package\/(src|test|scripts|bench)\//.test(file))).toEqual([]);
});

test('what is in it runs from an empty directory, with its own dependencies only', async () => {
  const url = (await kdrama('start', '--quiet')).trim();
  expect(await kdrama('list', '--json')).toBe('');
  expect(await kdrama('config', 'set', 'lan', 'true')).toBe('');
  expect(await kdrama('config', 'get', 'listen')).toMatch(/^127\.0\.0\.1:\d+\n$/);
  expect(await (await fetch(url)).text()).toContain('<!doctype html>');
});
