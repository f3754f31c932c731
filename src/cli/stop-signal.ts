import type { EventEmitter } from 'node:events';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { forManyListeners, Interruption } from './interruption.js';
import { brokenOutput } from './output/broken-output.js';

/** What of a process can interrupt a command; tests put their own there. */
export type Interruptible = Pick<EventEmitter, 'on' | 'off'> &
  Pick<NodeJS.Process, 'pid' | 'kill'> & {
    readonly stdout: EventEmitter;
    readonly stderr: EventEmitter & { write(text: string): unknown };
    exitCode?: NodeJS.Process['exitCode'];
  };

/**
 * The first Ctrl-C asks the command to stop in order; a second one ends the process at once. So does
 * SIGTERM. Output that nobody reads any more is an order to stop, too.
 */
export function stopSignal(of: Interruptible): AbortSignal {
  const controller = new AbortController();
  const abort = (exit: ExitCode) => controller.abort(new Interruption(exit));
  onSignal(of, 'SIGINT', controller.signal, () => abort(exitCodes.interrupted));
  onSignal(of, 'SIGTERM', controller.signal, () => abort(exitCodes.terminated));
  of.stdout.once('error', (error: NodeJS.ErrnoException) => {
    const words = brokenOutput(error);
    if (words !== undefined) {
      of.stderr.write(`${words}\n`);
      of.exitCode = exitCodes.failed;
    }
    abort(exitCodes.failed);
  });
  // Each write fails anew, once is enough to say; of stderr there is nobody left to tell.
  for (const stream of [of.stdout, of.stderr]) stream.on('error', () => undefined);
  return forManyListeners(controller.signal);
}

function onSignal(
  of: Interruptible,
  name: NodeJS.Signals,
  aborted: AbortSignal,
  abort: () => void,
): void {
  const listener = () => {
    if (!aborted.aborted) return abort();
    of.off(name, listener);
    of.kill(of.pid, name); // now that nobody listens, it does what it does to any process
  };
  of.on(name, listener);
}
