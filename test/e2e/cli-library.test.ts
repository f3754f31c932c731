import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip } from '../support/clips.js';
import { hasTmux, openTerminal } from '../support/terminal.js';

const seconds = 8;
let cli: CliHome;
let videoId: string;
beforeAll(async () => {
  cli = await cliHome();
  const episode = await makeClip({ ...episodeClip, size: '640x360', subtitles: [], seconds });
  const made = await cli.kdrama(
    ...['upload', episode, '-q', '--wait', '--series=Goblin'],
    '--season=1',
  );
  videoId = made.out.trim();
}, 60_000);
afterAll(() => cli.remove());

test('open --player runs the program that is called so', async () => {
  const directory = join(cli.home, 'bin');
  const heard = join(cli.home, 'heard');
  mkdirSync(directory);
  writeFileSync(
    join(directory, 'mpv'),
    `#!/bin/sh\nprintf %s "$1" > ${heard}.new; mv ${heard}.new ${heard}\n`,
  );
  chmodSync(join(directory, 'mpv'), 0o755);
  const path = { PATH: `${directory}:${process.env['PATH']}` };
  expect((await cli.start(['open', videoId, '--player', 'mpv'], path).ended).exit).toBe(0);
  await expect.poll(() => existsSync(heard)).toBe(true);
  // All of it is ready: mpv gets the one file, in which it can seek.
  const file = await fetch(readFileSync(heard, 'utf8'), { headers: { range: 'bytes=4-7' } });
  expect(await file.text()).toBe('ftyp');
});

describe.skipIf(!hasTmux)('on a terminal (tmux)', () => {
  test('list shows a series with its episodes, rm asks first, export shows no bytes', async () => {
    const terminal = openTerminal({ KDRAMA_HOME: cli.home });
    try {
      terminal.enter(`kdrama list; kdrama rm ${videoId}`);
      const asked = await terminal.shows(/\[y\/N\]/);
      expect(asked).toMatch(/^Goblin\n {2}S01 +ready +0:08 +\w{14} {2}/m);
      expect(asked).toMatch(/^Remove Goblin S01 with everything made of it, the source too\?/m);
      terminal.enter('n');
      await terminal.shows(/Nothing was removed/);
      await terminal.clear();
      terminal.enter(`kdrama export ${videoId} -o -`);
      await terminal.shows(/a terminal shows no video/);
      await terminal.clear();
      terminal.enter(`kdrama rm ${videoId}`);
      await terminal.shows(/\[y\/N\]/);
      terminal.press('C-c');
      terminal.enter('echo exit $?');
      await terminal.shows(/^exit 130/m);
      expect((await cli.kdrama('list', '-q')).out).toBe(`${videoId}\n`);
      await terminal.clear();
      terminal.enter(`kdrama rm ${videoId}`);
      await terminal.shows(/\[y\/N\]/);
      terminal.enter('y');
      await terminal.shows(new RegExp(`^${videoId}$`, 'm'));
      expect((await cli.kdrama('list', '-q')).out).toBe('');
    } finally {
      terminal.close();
    }
  });
});
