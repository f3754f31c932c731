import { spawn } from 'node:child_process';

export const players = ['mpv', 'vlc'] as const;
export type Player = (typeof players)[number];

export type StartPlayer = (player: Player, url: string) => Promise<boolean>;

/** Starts a player that outlives this process; false where it is not installed. */
export async function startPlayer(
  player: Player,
  url: string,
  platform: NodeJS.Platform,
): Promise<boolean> {
  for (const program of playerPrograms(player, platform)) {
    if (await starts(program, url)) return true;
  }
  return false;
}

function starts(program: string, url: string): Promise<boolean> {
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
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
