import { Option } from 'commander';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { remoteAddress } from '../daemon/address.js';
import { daemonLogPath } from '../daemon/log-path.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { parseWhole } from '../input/whole-number.js';
import { LogReader } from '../logs/follow-log.js';
import { lastLines } from '../logs/last-lines.js';
import { isAtLeast, jsonEntry, logLevels, readableEntry, type LogLevel } from '../logs/log-line.js';
import { printLine } from '../output/say.js';

export interface LogsOptions extends CommonOptions {
  readonly follow: boolean;
  readonly lines: number;
  readonly level: LogLevel;
}

const lookEveryMs = 250;

export const defineLogs: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama logs -f', 'what happens now'],
    ['kdrama logs --level warn -n 20', 'the last 20 things that went wrong'],
  )
    .option('-f, --follow', 'go on as it grows, until Ctrl-C', false)
    .option('-n, --lines <number>', 'how many of the last lines', parseWhole, 50)
    .addOption(
      new Option('--level <level>', 'this level and graver ones')
        .choices(logLevels)
        .default('debug'),
    )
    .action((options: LogsOptions) => choose(options, (deps) => runLogs(options, deps)));
};

/**
 * Prints the log of this home's daemon: for people, or with `json` as it was written. Throws
 * NOT_FOUND when no daemon has run here yet.
 */
export async function runLogs(options: LogsOptions, deps: Deps): Promise<ExitCode> {
  refuseRemote(deps);
  const path = daemonLogPath(deps.home);
  const isWanted = (line: string) => isAtLeast(line, options.level);
  const last = lastLines(path, options.lines, isWanted);
  if (last === undefined && !options.follow) {
    throw new KdramaError('NOT_FOUND', `${path} is not there`, {
      hint: 'A daemon writes it: start one with "kdrama start".',
    });
  }
  const print = (line: string) =>
    printLine(deps, options.json ? jsonEntry(line) : readableEntry(line));
  last?.lines.forEach(print);
  if (options.follow) await follow(new LogReader(path, last?.end ?? 0), isWanted, print, deps);
  return exitCodes.ok;
}

/** Until the command is interrupted. */
async function follow(
  reader: LogReader,
  isWanted: (line: string) => boolean,
  print: (line: string) => void,
  { clock, signal }: Deps,
): Promise<never> {
  try {
    for (;;) {
      reader.read().filter(isWanted).forEach(print);
      await clock.sleep(lookEveryMs, signal);
    }
  } finally {
    reader.close();
  }
}

function refuseRemote(deps: Deps): void {
  const remote = remoteAddress(deps.env);
  if (remote === undefined) return;
  throw new KdramaError('CONFIG_INVALID', `KDRAMA_HOST is ${remote}`, {
    hint: 'The log lies on the computer of the daemon: run "kdrama logs" over there.',
  });
}
