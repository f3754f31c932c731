/** Players of others, run to the end of a stream, as fast as they can. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Player {
  readonly name: string;
  readonly isThere: boolean;
  /** The times of the pictures that were shown, in seconds, in order; `from`: where it is told to begin. */
  readonly play: (url: string, from?: number) => Promise<number[]>;
}

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;

export const ffmpeg: Player = {
  name: 'ffmpeg',
  isThere: isInstalled('ffmpeg'),
  play: (url) => shownBy('ffmpeg', ['-nostdin', '-hide_banner', '-i', url, ...showing]),
};

export const mpv: Player = {
  name: 'mpv',
  isThere: isInstalled('mpv'),
  play: (url, from) =>
    shownBy('mpv', [
      ...['--no-config', '--vo=null', '--untimed', '--ao=null', '--ao-null-untimed=yes'],
      ...['--framedrop=no', '--vf=lavfi=[showinfo]', '--msg-level=ffmpeg=v'],
      ...(from === undefined ? [] : [`--start=${from}`]),
      url,
    ]),
};

/**
 * Writes what it plays into a file, which does not take as long as playing does. It begins to close
 * the file some pictures early, so the last second of what it has played is not known.
 */
export const vlc: Player = {
  name: 'VLC',
  isThere: isInstalled('cvlc'),
  play: (url) =>
    inDirectory(async (home) => {
      const file = join(home, 'played.mp4');
      const output = `#std{access=file,mux=mp4,dst=${file}}`;
      chmodSync(home, 0o777);
      await outputOf('cvlc', ['-I', 'dummy', '--play-and-exit', '--sout', output, url], {
        env: { ...process.env, HOME: home },
        // It refuses to be root; this is who owns nothing.
        ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
      });
      return await shownBy('ffmpeg', ['-nostdin', '-hide_banner', '-i', file, ...showing]);
    }),
};

/** Writes what it shows, made small, into a file: what it says of itself on the way is not in order. */
export const gstreamer: Player = {
  name: 'GStreamer',
  isThere: isInstalled('gst-launch-1.0'),
  play: (url) =>
    inDirectory(async (home) => {
      const file = join(home, 'shown.mkv');
      const small = 'videoscale ! video/x-raw,width=64,height=36';
      const sink = `video-sink=${small} ! matroskamux ! filesink location=${file} sync=false`;
      const sound = 'audio-sink=fakesink sync=false';
      await outputOf('gst-launch-1.0', ['-q', 'playbin3', `uri=${url}`, sink, sound]);
      return await shownBy('ffmpeg', ['-nostdin', '-hide_banner', '-i', file, ...showing]);
    }),
};

const showing = ['-vf', 'showinfo', '-fps_mode', 'passthrough', '-f', 'null', '-'];

async function inDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'kdrama-player-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function shownBy(program: string, parameters: readonly string[]): Promise<number[]> {
  const output = await outputOf(program, parameters);
  return [...output.matchAll(/ pts_time:([\d.]+)/g)].map(([, time]) => Number(time));
}

/** What it writes on both streams. Rejects when it fails. */
async function outputOf(program: string, parameters: readonly string[], options = {}) {
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${output.slice(-2000)}`);
  return output;
}
