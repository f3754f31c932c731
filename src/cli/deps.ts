import type { Request } from './api/request.js';
import type { OpenBrowser } from './browser/open-browser.js';
import type { SpawnDaemon } from './daemon/spawn.js';
import type { Host, RunProgram } from './host/host.js';
import type { StartPlayer } from './player/start-player.js';

export type Env = Readonly<Record<string, string | undefined>>;

/** process.stdout and process.stderr, or what a test gives instead. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
};

export interface Clock {
  /** Milliseconds since 1970, for what is shown. */
  now(): number;
  /** Milliseconds that never go back, for every timeout. */
  monotonic(): number;
  /** Rejects with the signal's reason. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Everything outside a command that it may touch. stdout is data, stderr is talk. */
export interface Deps {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Env;
  readonly cwd: string;
  /** KDRAMA_HOME, absolute. */
  readonly home: string;
  readonly clock: Clock;
  /** Aborts with an Interruption on Ctrl-C, SIGTERM, or when nobody reads stdout any more. */
  readonly signal: AbortSignal;
  readonly request: Request;
  /** Starts the daemon as a process of its own. */
  readonly spawnDaemon: SpawnDaemon;
  /** Shows an address in the browser of whoever sits here; false where there is none. */
  readonly openBrowser: OpenBrowser;
  /** Stops the terminal of stderr from showing what is typed; returns what lets it again. */
  readonly hideTyping: () => Promise<() => void>;
  readonly host: Host;
  readonly runProgram: RunProgram;
  /** Starts mpv or VLC with an address. */
  readonly startPlayer: StartPlayer;
}
