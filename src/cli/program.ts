import { Command, CommanderError } from 'commander';
import { exitCodes, type ExitCode } from '../shared/exit.js';
import { version } from '../shared/version.js';
import { withCommonOptions, type Define, type Invocation } from './command.js';
import type { OutputStream } from './deps.js';
import { spellOutWait } from './input/optional-value.js';

interface Entry {
  readonly summary: string;
  /** A command is loaded only when it is the one: `status` must not pay for the others. */
  load(): Promise<Define>;
}

const entries: Readonly<Record<string, Entry>> = {
  upload: {
    summary: 'add episodes; resumes unfinished uploads',
    load: async () => (await import('./commands/upload.js')).defineUpload,
  },
  watch: {
    summary: 'watch folders: what is put there becomes an episode',
    load: async () => (await import('./commands/watch.js')).defineWatch,
  },
  status: {
    summary: 'show what runs and waits, or everything about one job',
    load: async () => (await import('./commands/status.js')).defineStatus,
  },
  show: {
    summary: 'everything about one episode: its renditions and why, its webhooks',
    load: async () => (await import('./commands/show.js')).defineShow,
  },
  list: {
    summary: 'list the episodes in the library',
    load: async () => (await import('./commands/list.js')).defineList,
  },
  wait: {
    summary: 'wait until jobs are done',
    load: async () => (await import('./commands/wait.js')).defineWait,
  },
  cancel: {
    summary: 'stop a job; what is made stays',
    load: async () => (await import('./commands/cancel.js')).defineCancel,
  },
  retry: {
    summary: 'go on with a job that failed or was cancelled',
    load: async () => (await import('./commands/retry.js')).defineRetry,
  },
  serve: {
    summary: 'run the daemon here and print its addresses',
    load: async () => (await import('./commands/serve.js')).defineServe,
  },
  start: {
    summary: 'start the daemon in the background',
    load: async () => (await import('./commands/start.js')).defineStart,
  },
  stop: {
    summary: 'stop the daemon; what it was doing goes on at the next start',
    load: async () => (await import('./commands/stop.js')).defineStop,
  },
  open: {
    summary: 'watch in the browser, or print an address for mpv, VLC or a TV',
    load: async () => (await import('./commands/open.js')).defineOpen,
  },
  pair: {
    summary: 'let a phone, a TV or another browser in',
    load: async () => (await import('./commands/pair.js')).definePair,
  },
  logs: {
    summary: 'show what the daemon did, and go on as it does',
    load: async () => (await import('./commands/logs.js')).defineLogs,
  },
  config: {
    summary: 'the settings that the daemon runs with',
    load: async () => (await import('./commands/config.js')).defineConfig,
  },
  doctor: {
    summary: 'check what kdrama needs on this computer',
    load: async () => (await import('./commands/doctor.js')).defineDoctor,
  },
  user: {
    summary: 'who has a password here, and what they may',
    load: async () => (await import('./commands/user.js')).defineUser,
  },
  token: {
    summary: 'the token for scripts and curl, and API keys for programs',
    load: async () => (await import('./commands/token.js')).defineToken,
  },
};

export type Parsed = { readonly invocation: Invocation } | { readonly exit: ExitCode };

/**
 * Reads the words after `kdrama` and says what to run. Help, version and mistakes are written here
 * and leave only an exit code.
 */
export async function parse(
  words: readonly string[],
  output: { stdout: OutputStream; stderr: OutputStream },
): Promise<Parsed> {
  let invocation: Invocation | undefined;
  const program = newProgram(output);
  for (const [name, entry] of entriesFor(words[0])) {
    const command = withCommonOptions(program.command(name).description(entry.summary));
    const define = await entry.load();
    define(command, (options, run) => {
      invocation = { options, run };
    });
  }
  try {
    await program.parseAsync(spellOutWait(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exit: error.exitCode === 0 ? exitCodes.ok : exitCodes.usage };
  }
  return invocation === undefined ? { exit: exitCodes.usage } : { invocation };
}

function entriesFor(word: string | undefined): [string, Entry][] {
  const one = word === undefined ? undefined : entries[word];
  return word !== undefined && one !== undefined ? [[word, one]] : Object.entries(entries);
}

function newProgram(output: { stdout: OutputStream; stderr: OutputStream }): Command {
  return (
    new Command('kdrama')
      .description('A private streaming service for TV episodes on a computer at home.')
      .version(version)
      // A subcommand has its own --json and --quiet.
      .enablePositionalOptions()
      .configureOutput({
        writeOut: (text) => void output.stdout.write(text),
        writeErr: (text) => void output.stderr.write(text),
        getOutHelpWidth: () => output.stdout.columns ?? 80,
        getErrHelpWidth: () => output.stderr.columns ?? 80,
      })
      .showHelpAfterError('Add --help to see what is possible.')
      .exitOverride()
  );
}
