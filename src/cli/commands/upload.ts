import { Option, type Command } from 'commander';
import { KdramaError } from '../../shared/errors.js';
import type { ExitCode } from '../../shared/exit.js';
import { presets } from '../../shared/resolutions.js';
import type { Define } from '../command.js';
import { startIfNeeded } from '../daemon/start-if-needed.js';
import type { Deps } from '../deps.js';
import { exitCodeOf, exitCodeOfSeveral } from '../exit-code.js';
import { withExamples } from '../help/examples.js';
import { givenOptions } from '../help/given-options.js';
import { parseCrf, parseResolutions } from '../input/picture.js';
import { parseSeconds } from '../input/seconds.js';
import { parseWhole } from '../input/whole-number.js';
import { readWordList } from '../input/word-list.js';
import { withTimeout } from '../interruption.js';
import { sayLine } from '../output/say.js';
import { withFirstSign } from '../progress/first-sign.js';
import { progressMode } from '../progress/mode.js';
import { openProgress } from '../progress/open.js';
import { stdinName } from '../upload/add-named.js';
import { expandDirectories } from '../upload/expand-directories.js';
import { howFar } from '../upload/how-far.js';
import { uploadListener } from '../upload/listener.js';
import { metadataFor } from '../upload/metadata.js';
import { refuseNothing } from '../upload/nothing-there.js';
import type { UploadOptions } from '../upload/options.js';
import { prepareUpload } from '../upload/prepare.js';
import { stoppedLines } from '../upload/stopped.js';
import { uploadFiles } from '../upload/upload-files.js';

export const defineUpload: Define = (command, choose) => {
  describeUpload(command).action(
    (files: string[], options: Omit<UploadOptions, 'files' | 'again'>) => {
      if (files.length === 0 && options.filesFrom === undefined)
        command.error('error: name a file');
      const mistake = stdinMistake(files, options);
      if (mistake !== undefined) command.error(`error: ${mistake}`);
      if (
        files.length > 1 &&
        (options.title ?? options.episode ?? options.metadata) !== undefined
      ) {
        command.error('error: --title, --episode and --metadata belong to one file');
      }
      const again = givenOptions(command, ['filesFrom', 'null', 'name']);
      choose(options, (deps) => runUpload({ ...options, files, again }, deps));
    },
  );
};

/** Pure: what is wrong with the use of standard input. */
function stdinMistake(
  files: readonly string[],
  { name, filesFrom }: Pick<UploadOptions, 'name' | 'filesFrom'>,
): string | undefined {
  const isRead = files.includes(stdinName);
  if (!isRead) return name === undefined ? undefined : '--name belongs to -, standard input';
  if (name === undefined) return 'a pipe has no name: give it one with --name episode1.mp4';
  if (filesFrom === '-') return 'standard input cannot be a file and a list of files';
  return files.indexOf(stdinName) === files.lastIndexOf(stdinName) ? undefined : 'name - once';
}

function describeUpload(command: Command): Command {
  return withExamples(
    command,
    ['kdrama upload Rain/*.mkv', 'a season; press Ctrl-C and run it again to go on later'],
    ['kdrama upload episode1.mp4', 'until it can be watched; in a pipe, until it is taken over'],
    ['kdrama upload --wait episode1.mp4', 'until it is ready: all renditions are made'],
    ['id=$(kdrama upload --quiet episode1.mp4)', 'in a script'],
    ['curl -s "$url" | kdrama upload - --name episode1.mp4', 'what comes through a pipe'],
    [
      "find . -name '*.mkv' -print0 | kdrama upload -0 --files-from -",
      'whatever is below this directory',
    ],
  )
    .argument(
      '[files...]',
      'video files, directories of them, or - for standard input; ./-name for one that begins with a hyphen',
    )
    .addOption(
      new Option(
        '--wait [goal]',
        'wait until it is playable (as the live view does by itself) or ready',
      ).choices(['playable', 'ready']),
    )
    .option('--timeout <seconds>', 'give up then (90, 10m, 1h) with exit code 124', parseSeconds)
    .option('--name <file>', 'what the file from standard input is called')
    .option('--title <title>', 'instead of the one in the file name')
    .option('--series <series>', 'instead of the one in the file name')
    .option('--season <number>', 'instead of the one in the file name', parseWhole)
    .option('--episode <number>', 'instead of the one in the file name', parseWhole)
    .option(
      '--metadata <file>',
      'title, series, season, episode and description from a .json or Kodi .nfo file',
    )
    .option(
      '--resolutions <list>',
      'make these and no others, none larger than the source: 720p,480p=1M (with its ceiling in bits a second),720p-hevc (or -av1, for players that take it)',
      parseResolutions,
    )
    .option('--crf <number>', 'quality of what is encoded: lower is better and larger', parseCrf)
    .addOption(
      new Option('--preset <name>', 'how hard x264 tries: slower ones make smaller files').choices(
        presets,
      ),
    )
    .addOption(
      new Option(
        '--ladder <which>',
        'on-demand encodes only what someone watches; copy encodes nothing',
      ).choices(['full', 'on-demand', 'copy']),
    )
    .addOption(
      new Option(
        '--loudness <level>',
        'bring its sound to one loudness, louder by 20 dB at most: r128 is -23 LUFS, speakers -16 for small ones',
      ).choices(['off', 'r128', 'speakers']),
    )
    .option(
      '--burn-subtitles <language>',
      'draw picture subtitles (PGS, VobSub, DVB) of this language, like ko (und: unknown), into the picture',
    )
    .addOption(
      new Option(
        '--keep-source <when>',
        'whether the uploaded file stays once the episode is ready; copied: not where all was copied',
      ).choices(['always', 'copied', 'never']),
    )
    .option(
      '--replace',
      'take the place of another file of the same episode, which plays until this one is ready',
      false,
    )
    .option('--no-subtitles', 'leave subtitle files beside a video alone')
    .option(
      '--link',
      'hard link instead of a copy, on the same disk; it is read once, for its checksum',
      false,
    )
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
 * accepted (or playable, as with the live view, or ready). Ctrl-C stops and says how to go on.
 */
export async function runUpload(options: UploadOptions, deps: Deps): Promise<ExitCode> {
  const metadata = await metadataFor(options, deps);
  const limited = { ...deps, signal: withTimeout(deps.signal, options.timeout) };
  const named = [...options.files, ...(await readWordList(options, limited))];
  const files = await expandDirectories(named, deps.cwd);
  if (files.includes(stdinName)) refuseTerminal(deps.stdin);
  const refused = refuseNothing(files, options, deps);
  if (refused !== undefined) return refused;
  const mode = progressMode(options, deps.stderr.isTTY === true, deps.env);
  const connection = await startIfNeeded(options, limited, (start) =>
    withFirstSign(mode, deps.stderr, start),
  );
  const shown = files.map((file) => (file === stdinName ? (options.name ?? file) : file));
  const progress = await openProgress(mode, shown, deps);
  const listener = uploadListener(files, progress, options, deps);
  const goal = howFar(options, mode, connection.health);
  const upload = await prepareUpload(options, goal, metadata, connection, limited);
  const codes = await uploadFiles(files, upload, listener);
  await progress.close();
  if (mode === 'live' && listener.isMakingMore()) sayLine(deps, restIsMade);
  if (!limited.signal.aborted) return exitCodeOfSeveral(codes);
  const stopped = stoppedLines(listener.unfinished(), options.again);
  if (!options.json) stopped.forEach((line) => sayLine(deps, line));
  return exitCodeOf(limited.signal.reason);
}

const restIsMade = 'The rest is being made: "kdrama status --follow" shows it.';

function refuseTerminal(stdin: Deps['stdin']): void {
  if ((stdin as { isTTY?: boolean }).isTTY !== true) return;
  throw new KdramaError('COMMAND_INVALID', 'standard input is a terminal, not a video', {
    hint: 'Pipe it in: curl -fsS URL | kdrama upload - --name episode1.mp4',
  });
}
