/** The daemon as a process of its own: configured by its environment, stopped by a signal. */
import { errorKind, KdramaError } from '../shared/errors.js';
import { homeTakenExitCode } from '../shared/exit.js';
import { readConfig } from './config.js';
import { homeLayout } from './layout.js';
import { backgroundLog, openLog } from './log.js';
import { startDaemon } from './main.js';

let log = openLog('stderr');

try {
  const config = readConfig(process.env);
  log = openLog(backgroundLog(homeLayout(config.home).log), config.logLevel);
  // Only told: what nobody caught ends the process as it would without this.
  process.on('uncaughtExceptionMonitor', (err) => log.fatal({ err }, 'crashed'));
  const daemon = await startDaemon({
    config,
    log,
    onDrained: () => process.kill(process.pid, 'SIGTERM'),
    onIdle: () => {
      log.info({ minutes: config.idleExitMinutes }, 'nobody used it');
      process.kill(process.pid, 'SIGTERM');
    },
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
  process.exitCode = exitCodeOf(err);
  // Of several that start at once all but one end so: nothing is wrong.
  if (process.exitCode === homeTakenExitCode) log.info('another daemon was faster');
  else log.fatal({ err }, err instanceof Error ? err.message : 'could not start');
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof KdramaError)) return 1;
  return error.code === 'DAEMON_RUNNING' ? homeTakenExitCode : errorKind(error.code).exit;
}
