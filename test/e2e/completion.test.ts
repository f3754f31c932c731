import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kdramaPath } from '../support/cli.js';
import { daemonDouble, videoView } from '../support/daemon-double.js';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

let home: string;
let double: Awaited<ReturnType<typeof daemonDouble>>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'kdrama-completion-'));
  writeFileSync(join(home, 'an episode.mkv'), '');
  const videos = [
    videoView({ id: 'v1abc' }),
    videoView({ id: 'v2def', title: 'It: "Snow" $HOME' }),
  ];
  double = await daemonDouble(home, () => ({ body: { videos } }));
});
afterAll(async () => {
  await double.close();
  rmSync(home, { recursive: true });
});

/** What a shell prints that runs a script with kdrama on its PATH. */
function shell(name: string, ...args: string[]): Promise<string[]> {
  const PATH = [dirname(kdramaPath), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH, KDRAMA_HOME: home, HOME: home };
  const child = spawn(name, args, { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (text.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (text.err += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      if (text.err === '') resolve(text.out.split('\n').filter(Boolean));
      else reject(new Error(text.err));
    });
  });
}

/** What bash offers at the Tab key, or (`listing`) shows at the second one. */
function bash(words: readonly string[], isListing = false): Promise<string[]> {
  return shell(
    'bash',
    ...['--norc', '-c'],
    `eval "$(kdrama completion bash)"
     COMP_WORDS=(kdrama "$@") COMP_CWORD=$# COMP_TYPE=${isListing ? 63 : 9}
     _kdrama
     printf '%s\\n' "\${COMPREPLY[@]}"`,
    ...['bash', ...words],
  );
}

test('bash completes commands, options, choices after an equal sign, and ids', async () => {
  expect(await bash(['sta'])).toEqual(['status', 'start']);
  expect(await bash(['status', '--exit'])).toEqual(['--exit-status']);
  expect(await bash(['upload', '--wait', '=', ''])).toEqual(['playable', 'ready']);
  expect(await bash(['show', ''])).toEqual(['v1abc', 'v2def']);
  // Directories too, which only a bash that somebody types into adds.
  expect(await bash(['watch', ''])).toEqual(['list', 'remove']);
});

test('bash shows titles while it only lists ids, and never puts them on the line', async () => {
  expect(await bash(['show', ''], true)).toEqual([
    'v1abc  (Rain S01E03)',
    'v2def  (Rain S01E03 “It: "Snow" $HOME”)',
  ]);
  expect(await bash(['show', 'v1'], true)).toEqual(['v1abc']);
});

test.skipIf(!has('fish'))('fish completes ids with titles, and files', async () => {
  const fish = (line: string) =>
    shell('fish', '--no-config', '-c', `kdrama completion fish | source; complete -C '${line}'`);
  expect(await fish('kdrama show ')).toEqual([
    'v1abc\tRain S01E03',
    'v2def\tRain S01E03 “It: "Snow" $HOME”',
  ]);
  expect((await fish('kdrama upload an'))[0]).toContain('episode.mkv');
});

test.skipIf(!has('zsh'))('zsh completes ids with titles, and leaves files to itself', async () => {
  const zsh = (...words: string[]) =>
    shell(
      'zsh',
      '-fc',
      `compdef() { : }; _describe() { print -rl -- \${(P)argv[-1]} }; _files() { print files }
       source <(kdrama completion zsh)
       words=(kdrama "$@") CURRENT=$(( $# + 1 )); _kdrama`,
      ...['zsh', ...words],
    );
  expect(await zsh('show', '')).toEqual([
    'v1abc:Rain S01E03',
    'v2def:Rain S01E03 “It: "Snow" $HOME”',
  ]);
  expect(await zsh('upload', '')).toEqual(['files']);
  expect(await zsh('watch', '')).toEqual([
    'files',
    expect.stringMatching(/^list:/),
    expect.stringMatching(/^remove:/),
  ]);
});
