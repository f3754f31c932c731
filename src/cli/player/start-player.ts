import { spawn } from 'node:child_process';

export const players = ['mpv', 'vlc'] as const;
export type Player = (typeof players)[number];

/** How the start of a player went; `code`: what it ended with at once. */
export type PlayerStart =
  | { readonly is: 'playing' }
  | { readonly is: 'missing' }
  | { readonly is: 'ended'; readonly code: number | NodeJS.Signals };

export type StartPlayer = (player: Player, url: string) => Promise<PlayerStart>;

/** A player that cannot play here (vlc as root, no screen) says so by its end within this time. */
const provingMs = 1000;

/** Starts a player that outlives this process, and looks whether it stays for a second. */
export async function startPlayer(
  player: Player,
  url: string,
  platform: NodeJS.Platform,
): Promise<PlayerStart> {
  for (const program of playerPrograms(player, platform)) {
    const start = await starts(program, [url]);
    if (start.is !== 'missing') return start;
  }
  return { is: 'missing' };
}

/** What ends without an error has handed the address on, as to a player that runs already. */
export function starts(program: string, words: readonly string[]): Promise<PlayerStart> {
  const child = spawn(program, words, { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ is: 'playing' }), provingMs);
    const settle = (start: PlayerStart) => {
      clearTimeout(timer);
      resolve(start);
    };
    child.once('error', () => settle({ is: 'missing' }));
    child.once('exit', (code, signal) => {
      settle(code === 0 ? { is: 'playing' } : { is: 'ended', code: code ?? signal ?? 1 });
    });
    child.unref();
  });
}

/** Pure: what the program is called, and where its installer puts it that leaves PATH alone. */
export function playerPrograms(player: Player, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') {
    const bundle = player === 'vlc' ? 'VLC.app/Contents/MacOS/VLC' : 'mpv.app/Contents/MacOS/mpv';
    return [player, `/Applications/${bundle}`];
  }
  if (platform === 'win32' && player === 'vlc') {
    return ['vlc', 'C:\\Program Files\\VideoLAN\\VLC\\vlc.exe'];
  }
  return [player];
}

/** Pure: how a person gets it here. */
export function playerInstallHint(player: Player, platform: NodeJS.Platform): string {
  const ways: Partial<Record<NodeJS.Platform, string>> = {
    darwin: `brew install ${player === 'vlc' ? '--cask vlc' : 'mpv'}`,
    win32: `winget install ${player === 'vlc' ? 'VideoLAN.VLC' : 'mpv'}`,
    linux: `apt install ${player} (or your distribution's own way)`,
  };
  const way = ways[platform];
  const site = player === 'vlc' ? 'https://www.videolan.org' : 'https://mpv.io';
  return way === undefined ? `Install it from ${site}.` : `Install it: ${way}; or from ${site}.`;
}
