import { Option, type Command } from 'commander';
import type { UserView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { roles, type Role } from '../../shared/states.js';
import type { Api } from '../api/client.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples, type Example } from '../help/examples.js';
import { readPassword, type PasswordOptions } from '../input/read-password.js';
import { localTime } from '../output/local-time.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';

type WithPassword = CommonOptions & PasswordOptions;
type Add = WithPassword & { readonly role: Role };

export const defineUser: Define = (command, choose) => {
  const sub = (words: string, about: string, ...examples: Example[]) =>
    withExamples(withCommonOptions(command.command(words).description(about)), ...examples);
  withExamples(command, ['kdrama user add mina --role uploader', 'let somebody in']);
  withPasswordOption(
    sub(
      'add <name>',
      'add somebody, and ask for the password',
      ['kdrama user add mina', 'who may watch'],
      ['kdrama user add mina --password-stdin < password.txt', 'in a script'],
    ),
  )
    .addOption(new Option('--role <role>', 'what they may').choices(roles).default('user'))
    .action((name: string, options: Add) =>
      choose(options, (deps) => runUserAdd(name, options, deps)),
    );
  sub('list', 'list who has a password here', ['kdrama user list', 'with their roles']).action(
    (options: CommonOptions) => choose(options, (deps) => runUserList(options, deps)),
  );
  withPasswordOption(
    sub('passwd <name>', 'set a new password; signs them out everywhere', [
      'kdrama user passwd mina',
      'asks for it',
    ]),
  ).action((name: string, options: WithPassword) =>
    choose(options, (deps) => runUserPasswd(name, options, deps)),
  );
  sub('role <name> <role>', `let them be one of: ${roles.join(', ')}`, [
    'kdrama user role mina uploader',
    'lets her add episodes',
  ]).action((name: string, role: string, options: CommonOptions) =>
    choose(options, (deps) => runUserRole(name, role, options, deps)),
  );
  sub('remove <name>', 'remove somebody; their videos stay', [
    'kdrama user remove mina',
    'signs her out, too',
  ]).action((name: string, options: CommonOptions) =>
    choose(options, (deps) => runUserRemove(name, options, deps)),
  );
};

function withPasswordOption(command: Command): Command {
  return command.option('--password-stdin', 'read the password from standard input', false);
}

/** Prints the id of the new user. */
export async function runUserAdd(username: string, options: Add, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const password = await readPassword(options, deps);
  const user = await api.addUser({ username, password, role: options.role });
  return report(user, `${safeText(user.username)} is added as ${user.role}.`, options, deps);
}

export async function runUserList(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const users = await api.users();
  if (options.json) users.forEach((user) => printJson(deps, user));
  else if (options.quiet) users.forEach(({ id }) => printLine(deps, id));
  else if (users.length > 0) printTable(deps.stdout, { headings, rows: users.map(row) });
  else sayLine(deps, 'There are no users. Add one: kdrama user add NAME');
  return exitCodes.ok;
}

export async function runUserPasswd(
  name: string,
  options: WithPassword,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { id } = await userNamed(api, name);
  const user = await api.changeUser(id, { password: await readPassword(options, deps) });
  const sentence = `${safeText(user.username)} has a new password and is signed out everywhere.`;
  return report(user, sentence, options, deps);
}

export async function runUserRole(
  name: string,
  role: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const wanted = roles.find((each) => each === role);
  if (wanted === undefined) {
    const detail = `expected a role of ${roles.join(', ')}, got ${role}`;
    throw new KdramaError('VALIDATION_FAILED', detail);
  }
  const { api } = await connect(deps);
  const { id } = await userNamed(api, name);
  const user = await api.changeUser(id, { role: wanted });
  return report(user, `${safeText(user.username)} has the role ${user.role} now.`, options, deps);
}

export async function runUserRemove(
  name: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const user = await userNamed(api, name);
  await api.removeUser(user.id);
  return report(user, `${safeText(user.username)} is removed.`, options, deps);
}

/** By name, whatever its capitals, or by id. Throws USER_NOT_FOUND. */
async function userNamed(api: Pick<Api, 'users'>, name: string): Promise<UserView> {
  const wanted = name.normalize('NFKC').toLowerCase();
  const users = await api.users();
  const found =
    users.find(({ username }) => username.normalize('NFKC').toLowerCase() === wanted) ??
    users.find(({ id }) => id === name);
  if (found === undefined) throw new KdramaError('USER_NOT_FOUND', safeText(name));
  return found;
}

function report(user: UserView, sentence: string, options: CommonOptions, deps: Deps): ExitCode {
  if (options.json) printJson(deps, user);
  else printLine(deps, user.id);
  if (!options.json && !options.quiet) sayLine(deps, sentence);
  return exitCodes.ok;
}

const headings = ['USER', 'ROLE', 'SINCE', 'NAME'];

function row({ id, role, createdAt, username }: UserView): string[] {
  return [id, role, localTime(createdAt).slice(0, 10), safeText(username)];
}
