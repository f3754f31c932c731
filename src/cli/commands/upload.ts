import { Option, type Command } from 'commander';
import type { ExitCode } from '../../shared/exit.js';
import type { Define } from '../command.js';
import { startIfNeeded } from '../daemon/start-if-needed.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { parseSeconds } from '../input/seconds.js';
import { parseWhole } from '../input/whole-number.js';
import { readWordList } from '../input/word-list.js';
import { withTimeout } from '../interruption.js';
import { sayLine } from '../output/say.js';
import { progressMode } from '../progress/mode.js';
import { openProgress } from '../progress/open.js';
import { uploadListener } from '../upload/listener.js';
import type { UploadOptions } from '../upload/options.js';
import { prepareUpload } from '../upload/prepare.js';
import { stoppedLines } from '../upload/stopped.js';
import { uploadFiles } from '../upload/upload-files.js';

export const defineUpload: Define = (command, choose) => {
  describeUpload(command).action((files: string[], options: Omit<UploadOptions, 'files'>) => {
    if (files.length === 0 && options.filesFrom === undefined) command.error('error: name a file');
    if (files.length > 1 && (options.title ?? options.episode) !== undefined) {
      command.error('error: --title and --episode belong to one file');
    }
    choose(options, (deps) => runUpload({ ...options, files }, deps));
  });
};

function describeUpload(command: Command): Command {
  return command
    .argument('[files...]', 'video files; ./-name for one that begins with a hyphen')
    .addOption(
      new Option('--wait [goal]', 'wait until it is playable or ready').choices([
        'playable',
        'ready',
      ]),
    )
    .option('--timeout <seconds>', 'give up then (90, 10m, 1h) with exit code 124', parseSeconds)
    .option('--title <title>', 'instead of the one in the file name')
    .option('--series <series>', 'instead of the one in the file name')
    .option('--season <number>', 'instead of the one in the file name', parseWhole)
    .option('--episode <number>', 'instead of the one in the file name', parseWhole)
    .option('--link', 'hard link instead of a copy, on the same disk', false)
    .option(
      '--files-from <file>',
      'read more names from a file, one a line; - reads standard input',
    )
    .option('-0, --null', 'names in that file end with NUL instead', false)
    .addOption(
      new Option('--via <way>', 'http sends the bytes even on the same machine')
        .choices(['auto', 'http'])
        .default('auto'),
    )
    .addOption(
      new Option('--progress <how>', 'plain prints lines instead of a live picture')
        .choices(['auto', 'plain'])
        .default('auto'),
    );
}

/**
 * Adds episodes to the library, starting the daemon when none runs, and prints each video as it is
 * accepted (or playable, or ready). Ctrl-C stops and says how to go on.
 */
export async function runUpload(options: UploadOptions, deps: Deps): Promise<ExitCode> {
  const files = [...options.files, ...(await readWordList(options, deps))];
  const limited = { ...deps, signal: withTimeout(deps.signal, options.timeout) };
  const connection = await startIfNeeded(options, limited);
  const progress = await openProgress(
    progressMode(options, deps.stderr.isTTY === true, deps.env),
    files,
    deps,
  );
  const listener = uploadListener(files, progress, options, deps);
  const upload = await prepareUpload(options, connection, limited);
  const codes = await uploadFiles(files, upload, listener);
  await progress.close();
  if (!limited.signal.aborted) return exitCodeOfSeveral(codes);
  if (!options.json) stoppedLines(listener.unfinished()).forEach((line) => sayLine(deps, line));
  return exitCodeOf(limited.signal.reason);
}
