import { spawnSync } from 'node:child_process';

/** Only for who has the terminal: a job in the background would take the echo from another program. */
const ifInForeground = 'set -- $(ps -o pgid= -o tpgid= -p "$PPID"); [ "$1" = "$2" ] || exit 1;';
const patienceMs = 2_000;

/**
 * Stops the terminal of stderr from showing what is typed, and returns what lets it again, which the
 * end of the process does too (where a signal ends it, the shell does). What is typed waits for the
 * shell, as ever. Changes nothing in the background, or without `stty` and `ps`.
 */
export function hideTyping(of: Pick<NodeJS.Process, 'once' | 'off'>): () => void {
  const settings = onTerminal(`${ifInForeground} stty -g && stty -echo`);
  if (!/^[\w:=]+$/.test(settings)) return () => undefined;
  const restore = () => {
    of.off('exit', restore);
    onTerminal(`${ifInForeground} stty ${settings}`);
  };
  of.once('exit', restore);
  return restore;
}

function onTerminal(commands: string): string {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', commands], {
    stdio: [2, 'pipe', 'ignore'],
    timeout: patienceMs,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : '';
}
