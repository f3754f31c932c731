import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cliHome, type CliHome } from '../support/cli.js';
import { episodeClip, makeClip, type Clip } from '../support/clips.js';
import { makePaddedClip } from '../support/padded-clip.js';
import { hasTmux, openTerminal, type Terminal } from '../support/terminal.js';

const clip: Clip = { ...episodeClip, size: '320x180', subtitles: [], seconds: 3 };
let cli: CliHome;
let terminal: Terminal | undefined;
beforeEach(async () => {
  cli = await cliHome();
  for (const seconds of [3, 4, 5, 6]) {
    copyFileSync(await makeClip({ ...clip, seconds }), join(cli.home, `E0${seconds}.mkv`));
  }
}, 60_000);
afterEach(async () => {
  terminal?.close();
  await cli.remove();
});

/** A terminal that stands in the home; what is typed comes out of the picture once it is cleared. */
function open(size: { columns?: number; rows?: number }, env: Record<string, string> = {}) {
  terminal = openTerminal({ KDRAMA_HOME: cli.home, KDRAMA_LISTEN: '127.0.0.1:0', ...env }, size);
  terminal.enter(`cd ${cli.home}; clear`);
  return terminal;
}

describe.skipIf(!hasTmux)('on a terminal (tmux)', () => {
  test('upload shows each file until it is ready, with its address, and the one that is none', async () => {
    const { enter, shows } = open({ rows: 40 });
    enter('clear; kdrama upload --wait E03.mkv gone.mkv E04.mkv; echo exit $?');
    const screen = await shows(/^exit 6/m);
    expect(screen).toMatch(
      /^✓ E03\.mkv\n {2}ready\n {2}http:\/\/127\.0\.0\.1:\d+\/#\/watch\/\w{14}$/m,
    );
    expect(screen).toMatch(/^✗ gone\.mkv\n {2}File cannot be read: there is no such file$/m);
    expect(screen).toMatch(/^✓ E04\.mkv\n {2}ready$/m);
    expect(screen).toMatch(/^\w{14}\tready\tE03\.mkv|^\w{14} +ready +E03\.mkv/m);
    expect(screen).not.toContain('One moment');
  });

  test('upload of more files than fit shows those at work, and counts the rest', async () => {
    const { enter, shows } = open({ columns: 40, rows: 10 });
    enter('clear; kdrama upload --wait E0*.mkv; echo exit $?');
    const working = await shows(/^(and )?.*\d waiting/m);
    expect(working).not.toContain('E06.mkv\n  waiting');
    await shows(/^exit 0/m);
  });

  test('Ctrl-C says how to go on, in words that can be pasted', async () => {
    await makePaddedClip(join(cli.home, 'large one.mp4'), 300);
    const { enter, shows, press } = open({ rows: 30, columns: 160 });
    enter(
      "clear; kdrama upload --via http --season 2 --no-subtitles --resolutions 720p,360p 'large one.mp4' E03.mkv; echo exit $?",
    );
    await shows(/uploading .*[1-9]%/);
    press('C-c');
    const screen = await shows(/^exit 130/m);
    expect(screen).toContain(
      "kdrama upload --season=2 --resolutions=720p,360p --no-subtitles --via=http 'large one.mp4' E03.mkv",
    );
  });

  test('what is typed meanwhile leaves nothing in the picture, and waits for the shell', async () => {
    await makePaddedClip(join(cli.home, 'large.mp4'), 100);
    const { enter, shows } = open({ rows: 30 });
    enter('clear; kdrama start -q; clear; kdrama upload --via=http large.mp4');
    await shows(/uploading/);
    enter('\n\necho typed; stty -a | tr " " "\\n" | grep -x -e echo -e -echo');
    const screen = await shows(/^typed\necho$/m);
    expect(screen).toMatch(/^[▸✓] large\.mp4\n/);
    expect(screen.match(/^[▸✓]/gm)).toHaveLength(1);
  });

  test('without a terminal that can draw there is a line for each change', async () => {
    const { enter, shows } = open({ rows: 30 }, { TERM: 'dumb' });
    enter('clear; kdrama upload --wait E03.mkv; echo exit $?');
    const screen = await shows(/^exit 0/m);
    expect(screen).toMatch(/^E03\.mkv: ready: http:/m);
    expect(screen).not.toMatch(/[━▸✓]/);
  });

  test('--progress=plain, for screen readers, is never drawn over', async () => {
    const { enter, shows } = open({ rows: 30 });
    enter('clear; kdrama upload --progress=plain --wait E03.mkv; echo exit $?');
    const screen = await shows(/^exit 0/m);
    expect(screen).toMatch(/^E03\.mkv: ready: http:/m);
    expect(screen).not.toMatch(/[━▸✓]/);
  });

  test('status draws the plan of a job to the width of the terminal', async () => {
    const made = await cli.kdrama('upload', join(cli.home, 'E06.mkv'), '--wait', '-q');
    const { enter, shows, resize } = open({ rows: 40 });
    enter(`clear; kdrama status ${made.out.trim()}; echo exit $?`);
    const wide = await shows(/^exit 0/m);
    expect(wide).toMatch(/^360p +█+$/m);
    expect(wide).toMatch(/^RENDITION +MADE +SEGMENTS +SIZE +PICTURE +LANGUAGE +BECAUSE$/m);
    resize(40, 40);
    enter(`clear; NO_COLOR=1 kdrama status ${made.out.trim()}; echo exit $?`);
    const narrow = await shows(/^360p +#+\n[^]*^exit 0/m);
    expect(narrow).not.toContain('RENDITION');
    expect(narrow).toMatch(/^360p {2}copied {2}\d\/\d/m);
  });
});
