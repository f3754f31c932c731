import { Command, CommanderError } from 'commander';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { ownIdPattern } from '../shared/id-pattern.js';
import { version } from '../shared/version.js';
import { withCommonOptions, type Choose, type Define, type Invocation } from './command.js';
import type { Deps, OutputStream } from './deps.js';
import { withExamples } from './help/examples.js';
import { helpLayout } from './help/layout.js';
import { spellOutWait } from './input/optional-value.js';

const groups = {
  episodes: 'Episodes:',
  jobs: 'Jobs, the making of what is streamed:',
  daemon: 'The daemon:',
  access: 'Who may watch:',
  computer: 'This computer:',
} as const;

interface Entry {
  readonly summary: string;
  /** Where the help lists it. */
  readonly group: keyof typeof groups;
  /** A command is loaded only when it is the one: `status` must not pay for the others. */
  load(): Promise<Define>;
}

const entries: Readonly<Record<string, Entry>> = {
  upload: {
    summary: 'add episodes; resumes unfinished uploads',
    group: 'episodes',
    load: async () => (await import('./commands/upload.js')).defineUpload,
  },
  watch: {
    summary: 'watch folders: what is put there becomes an episode',
    group: 'episodes',
    load: async () => (await import('./commands/watch.js')).defineWatch,
  },
  list: {
    summary: 'list the episodes in the library',
    group: 'episodes',
    load: async () => (await import('./commands/list.js')).defineList,
  },
  show: {
    summary: 'all about one episode: renditions and why, webhooks',
    group: 'episodes',
    load: async () => (await import('./commands/show.js')).defineShow,
  },
  subtitle: {
    summary: 'add subtitle files to an episode, list and remove them',
    group: 'episodes',
    load: async () => (await import('./commands/subtitle.js')).defineSubtitle,
  },
  open: {
    summary: 'watch in the browser, or print an address for mpv, VLC or a TV',
    group: 'episodes',
    load: async () => (await import('./commands/open.js')).defineOpen,
  },
  du: {
    summary: 'what each episode takes on the disk',
    group: 'episodes',
    load: async () => (await import('./commands/du.js')).defineDu,
  },
  status: {
    summary: 'show what runs and waits, or everything about one job',
    group: 'jobs',
    load: async () => (await import('./commands/status.js')).defineStatus,
  },
  wait: {
    summary: 'wait until jobs are done',
    group: 'jobs',
    load: async () => (await import('./commands/wait.js')).defineWait,
  },
  cancel: {
    summary: 'give jobs up; what is made stays',
    group: 'jobs',
    load: async () => (await import('./commands/cancel.js')).defineCancel,
  },
  pause: {
    summary: 'stop working at jobs, or at everything; what is made stays',
    group: 'jobs',
    load: async () => (await import('./commands/pause.js')).definePause,
  },
  resume: {
    summary: 'go on with what was paused',
    group: 'jobs',
    load: async () => (await import('./commands/resume.js')).defineResume,
  },
  retry: {
    summary: 'go on with jobs that failed or were cancelled',
    group: 'jobs',
    load: async () => (await import('./commands/retry.js')).defineRetry,
  },
  edit: {
    summary: 'name an episode anew',
    group: 'episodes',
    load: async () => (await import('./commands/edit.js')).defineEdit,
  },
  rm: {
    summary: 'delete episodes with everything made of them',
    group: 'episodes',
    load: async () => (await import('./commands/rm.js')).defineRm,
  },
  export: {
    summary: 'write an episode to one MP4 or MKV file, or to a pipe',
    group: 'episodes',
    load: async () => (await import('./commands/export.js')).defineExport,
  },
  serve: {
    summary: 'run the daemon here and print its addresses',
    group: 'daemon',
    load: async () => (await import('./commands/serve.js')).defineServe,
  },
  start: {
    summary: 'start the daemon in the background',
    group: 'daemon',
    load: async () => (await import('./commands/start.js')).defineStart,
  },
  stop: {
    summary: 'stop the daemon; what it was doing goes on at the next start',
    group: 'daemon',
    load: async () => (await import('./commands/stop.js')).defineStop,
  },
  restart: {
    summary: 'stop the daemon and start it again, of this version',
    group: 'daemon',
    load: async () => (await import('./commands/restart.js')).defineRestart,
  },
  pair: {
    summary: 'let a phone, a TV or another browser in',
    group: 'access',
    load: async () => (await import('./commands/pair.js')).definePair,
  },
  logs: {
    summary: 'show what the daemon did, and go on as it does',
    group: 'daemon',
    load: async () => (await import('./commands/logs.js')).defineLogs,
  },
  service: {
    summary: 'let the daemon start with this computer',
    group: 'daemon',
    load: async () => (await import('./commands/service.js')).defineService,
  },
  config: {
    summary: 'the settings that the daemon runs with',
    group: 'computer',
    load: async () => (await import('./commands/config.js')).defineConfig,
  },
  completion: {
    summary: 'let the Tab key complete commands, options and ids in your shell',
    group: 'computer',
    load: async () => (await import('./commands/completion.js')).defineCompletion,
  },
  doctor: {
    summary: 'check what kdrama needs on this computer',
    group: 'computer',
    load: async () => (await import('./commands/doctor.js')).defineDoctor,
  },
  user: {
    summary: 'who has a password here, and what they may',
    group: 'access',
    load: async () => (await import('./commands/user.js')).defineUser,
  },
  token: {
    summary: 'the token for scripts and curl, and API keys for programs',
    group: 'access',
    load: async () => (await import('./commands/token.js')).defineToken,
  },
};

export type Parsed = { readonly invocation: Invocation } | { readonly exit: ExitCode };
type Output = Pick<Deps, 'stdout' | 'stderr' | 'env'>;

/**
 * Reads the words after `kdrama` and says what to run. Help, version and mistakes are written here
 * and leave only an exit code.
 */
export async function parse(words: readonly string[], output: Output): Promise<Parsed> {
  let invocation: Invocation | undefined;
  const program = await loadProgram(words[0], output, (options, run) => {
    invocation = { options, run };
  });
  try {
    await program.parseAsync(spellOutWait(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const isExcess = error.code === 'commander.excessArguments';
    if (isExcess && holdsPrintedLine(words)) output.stderr.write(`${lineHint}\n`);
    return { exit: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage };
  }
  return invocation === undefined ? { exit: exitCodes.usage } : { invocation };
}

const lineHint =
  'Is that a line that another command printed? With -q it prints ids and nothing else.';

/** Whether an id is followed by as much as stands behind it where a person reads it. */
function holdsPrintedLine(words: readonly string[]): boolean {
  const at = words.findIndex((word) => ownIdPattern.test(word));
  return at >= 0 && words.length - at >= 4;
}

/** The command line with the one command that `word` names; with all of them when it names none. */
export async function loadProgram(
  word: string | undefined,
  output: Output,
  choose: Choose = () => undefined,
): Promise<Command> {
  const program = newProgram(output);
  for (const [name, entry] of entriesFor(word)) {
    const command = program.command(name).description(entry.summary).helpGroup(groups[entry.group]);
    const define = await entry.load();
    define(withCommonOptions(command), choose);
  }
  return program;
}

function entriesFor(word: string | undefined): [string, Entry][] {
  const all = Object.entries(entries);
  const one = all.filter(([name]) => name === word);
  return one.length > 0 ? one : all;
}

function newProgram({ stdout, stderr, env }: Output): Command {
  const isColourful = ({ isTTY }: OutputStream) =>
    isTTY === true && env['TERM'] !== 'dumb' && !env['NO_COLOR'];
  const program = new Command('kdrama')
    .description('A private streaming service for TV episodes on a computer at home.')
    .usage('<command> [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this, or with a command, all about it')
    // A subcommand has its own --json and --quiet.
    .enablePositionalOptions()
    .configureHelp(helpLayout)
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => isColourful(stdout),
      getErrHasColors: () => isColourful(stderr),
    })
    .showHelpAfterError('Add --help to see what is possible.')
    .exitOverride();
  return withExamples(
    program,
    ['kdrama upload episode1.mp4', 'add an episode; the daemon starts by itself'],
    ['kdrama open', 'watch'],
  );
}
