/** The daemon as a process of its own: configured by its environment, stopped by a signal. */
import { errorKind, KdramaError } from '../shared/errors.js';
import { homeTakenExitCode } from '../shared/exit.js';
import { readConfig } from './config.js';
import { openLog } from './log.js';
import { startDaemon } from './main.js';

const log = openLog('stderr');

try {
  const daemon = await startDaemon({
    config: readConfig(process.env),
    log,
    onBroken: (err) => {
      log.fatal({ err }, 'the database failed');
      process.exitCode = 1;
      process.kill(process.pid, 'SIGTERM');
    },
  });
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    daemon.stop().catch((err: unknown) => {
      log.error({ err }, 'could not stop cleanly');
      process.exitCode = 1;
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (err) {
  log.fatal({ err }, err instanceof Error ? err.message : 'could not start');
  process.exitCode = exitCodeOf(err);
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof KdramaError)) return 1;
  return error.code === 'DAEMON_RUNNING' ? homeTakenExitCode : errorKind(error.code).exit;
}
