/** The only place in the daemon that starts processes. */
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { execa, type Options } from 'execa';
import { KdramaError } from '../../../shared/errors.js';
import { followProgress } from './progress.js';
import { bytesReceived, defaultStallMs, watchForStall } from './stall.js';
import type { ProcessorShare } from './tool-pair.js';

/** SVT-AV1 tells of itself at every start, past ffmpeg: only errors are to be heard. */
const env = { SVT_LOG: '1' };

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Killed when it runs longer than this. */
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
}

export interface RunResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** The end of what it said. */
  readonly stderr: string;
}

/**
 * ffmpeg must not outlive the daemon: on Linux the kernel kills it when its parent dies, even by
 * SIGKILL. (Processes are started from the main thread; the kernel watches the parent thread.)
 */
const [setpriv, nice, taskset] = ['setpriv', 'nice', 'taskset'].map((name) =>
  [`/usr/bin/${name}`, `/bin/${name}`].find((path) => existsSync(path)),
);

/** Each of these becomes the next one: it stays one process with one id. */
function launch(file: string, args: readonly string[], share?: ProcessorShare): [string, string[]] {
  const [first = file, ...rest] = [
    ...(setpriv === undefined ? [] : [setpriv, '--pdeathsig', 'KILL', '--']),
    ...(share === undefined || nice === undefined ? [] : [nice, '-n', '10']),
    ...(share?.cores === undefined || taskset === undefined ? [] : [taskset, '-c', share.cores]),
    ...[file, ...args],
  ];
  return [first, rest];
}

/**
 * Runs a program to its end and returns its text. A failing exit code is a result, not an error;
 * rejects with `signal.reason` when aborted, with FFMPEG_UNAVAILABLE when it cannot be started and
 * with TRANSCODE_FAILED when it ran too long or said too much.
 */
export async function runText(
  file: string,
  args: readonly string[],
  { signal, timeoutMs = 60_000, maxOutputBytes = 64 * 1024 * 1024 }: RunOptions = {},
): Promise<RunResult> {
  signal?.throwIfAborted();
  const result = await execa(...launch(file, args), {
    reject: false,
    env,
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
    ...(signal && { cancelSignal: signal }),
  } satisfies Options);
  signal?.throwIfAborted();
  const excess = excessOf(result, timeoutMs);
  if (excess !== undefined) {
    throw new KdramaError('TRANSCODE_FAILED', `${file} ${excess}`, { cause: result });
  }
  refuseUnstartable(file, result);
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: lastLines(result.stderr) };
}

function excessOf(
  { timedOut, isMaxBuffer }: { readonly timedOut: boolean; readonly isMaxBuffer: boolean },
  timeoutMs: number,
): string | undefined {
  if (isMaxBuffer) return 'said more than can be held';
  return timedOut ? `did not end in ${timeoutMs / 1000} s` : undefined;
}

export interface PipedRun {
  /** What it writes to file descriptors 3, 4, … in the order of `outputs`. */
  readonly outputs: readonly Readable[];
  /** What it writes to stdout; with `onSeconds` nothing is left to read there. */
  readonly stdout: Readable;
  /** Resolves when the process has ended, however it ended; never rejects. */
  readonly ended: Promise<RunEnd>;
  /** Ends it at once (SIGKILL: SIGTERM would make ffmpeg write a truncated segment). */
  kill(): void;
}

export interface RunEnd {
  readonly exitCode: number | undefined;
  /** The end of what it said. */
  readonly stderr: string;
  /** It was ended because its output stood still: how that looked, in words. */
  readonly stall?: string;
}

export interface RunLimits {
  readonly stallMs?: number | undefined;
  readonly share?: ProcessorShare | undefined;
  /**
   * It writes ffmpeg's `-progress` to stdout: is told the seconds of output made so far. A stall is then
   * known by them, since ffmpeg 7 goes on to write the same seconds when it is stuck; by bytes otherwise.
   */
  readonly onSeconds?: (seconds: number) => void;
}

/**
 * Starts a program that writes to `outputs` pipes (`pipe:3`, `pipe:4`, …). Aborting kills it, and so
 * does making nothing for `stallMs`.
 */
export function runPiped(
  file: string,
  args: readonly string[],
  outputs: number,
  signal: AbortSignal,
  { stallMs = defaultStallMs, share, onSeconds }: RunLimits = {},
): PipedRun {
  signal.throwIfAborted();
  const child = execa(...launch(file, args, share), {
    reject: false,
    env,
    buffer: { stderr: true, stdout: false, all: false, ipc: false, ...unbuffered(outputs) },
    maxBuffer: { stderr: 1024 * 1024 },
    stdio: ['ignore', 'pipe', 'pipe', ...Array<'pipe'>(outputs).fill('pipe')],
    killSignal: 'SIGKILL',
    cancelSignal: signal,
  } satisfies Options);
  const kill = () => void child.kill('SIGKILL');
  const outputStreams = child.stdio.slice(3) as unknown as Readable[];
  const pipes = [child.stdout, ...outputStreams];
  let made = 0;
  const progress =
    onSeconds &&
    followProgress(child.stdout, (seconds) => {
      made = seconds;
      onSeconds(seconds);
    });
  let stall: string | undefined;
  const onStall = () => {
    const where = onSeconds === undefined ? '' : `, ${made.toFixed(1)} s into its work`;
    stall = `its output stood still for ${stallMs / 1000} s${where}, so it was ended`;
    kill();
  };
  const position = onSeconds === undefined ? () => bytesReceived(pipes) : () => made;
  const watch = watchForStall(position, pipes, onStall, stallMs);
  const ended = child.then(({ exitCode, stderr }): RunEnd => {
    watch.end();
    progress?.end();
    return { exitCode, stderr: lastLines(stderr), ...(stall !== undefined && { stall }) };
  });
  return { outputs: outputStreams, stdout: child.stdout, ended, kill };
}

/**
 * Media only passes through. execa would otherwise keep a copy of every pipe as text, end the
 * program after 100 MB of it, and escape all of it for the message of its error.
 */
function unbuffered(outputs: number): Record<`fd${number}`, false> {
  return Object.fromEntries(Array.from({ length: outputs }, (_, n) => [`fd${n + 3}`, false]));
}

function refuseUnstartable(file: string, result: { code?: string | undefined }): void {
  if (result.code === 'ENOENT' || result.code === 'EACCES') {
    throw new KdramaError('FFMPEG_UNAVAILABLE', `${file} cannot be started (${result.code})`);
  }
}

const mostSaid = 1500;

/** The last lines of what a program said, at most 1,500 characters: enough to understand why. */
function lastLines(text: string): string {
  if (text.length <= mostSaid) return text.trim();
  const end = text.slice(-mostSaid);
  return end.slice(end.indexOf('\n') + 1).trim();
}
