import { execFileSync, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { kdramaPath } from './cli.js';

/** A real terminal of a known size in which somebody types. */
export interface Terminal {
  /** Types a line and presses Enter. */
  readonly enter: (line: string) => void;
  /** A key as tmux names it: `C-c`. */
  readonly press: (key: string) => void;
  /** What is to be seen now; lines that the terminal wrapped are as they look. */
  readonly screen: () => string;
  /** Waits until the screen shows this, and returns it. */
  readonly shows: (what: RegExp) => Promise<string>;
  /** Resolves when nothing is to be seen but the prompt: what was shown before is gone. */
  readonly clear: () => Promise<void>;
  readonly resize: (columns: number, rows: number) => void;
  readonly close: () => void;
}

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const lookEveryMs = 50;
const patienceMs = 60_000;
let opened = 0;

/** A shell without any settings, with `kdrama` on its PATH and `env` beside the usual. */
export function openTerminal(
  env: Readonly<Record<string, string>>,
  { columns = 80, rows = 24 } = {},
): Terminal {
  const server = `kdrama-test-${process.pid}-${(opened += 1)}`;
  const tmux = (...words: string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...words], { encoding: 'utf8' });
  const usual = {
    PATH: `${dirname(kdramaPath)}:${process.env['PATH']}`,
    LANG: 'C.UTF-8',
    PS1: '$ ',
  };
  const given = Object.entries({ ...usual, ...env }).map(([name, value]) => `${name}=${value}`);
  const shell = ['env', '-u', 'CI', ...given, 'bash', '--norc', '--noprofile'];
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), ...shell);
  const screen = () => tmux('capture-pane', '-p');
  const enter = (line: string) => void tmux('send-keys', '-l', `${line}\n`);
  const shows = async (what: RegExp) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      const shown = screen();
      if (what.test(shown)) return shown;
      if (performance.now() > until) throw new Error(`it never showed ${what}:\n${shown}`);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  };
  return {
    enter,
    press: (key) => void tmux('send-keys', key),
    screen,
    shows,
    async clear() {
      enter('clear');
      await shows(/^\$\s*$/);
    },
    resize: (toColumns, toRows) =>
      void tmux('resize-window', '-x', String(toColumns), '-y', String(toRows)),
    close: () => void tmux('kill-server'),
  };
}
