import { InvalidArgumentError, Option } from 'commander';
import type { ApiKeyView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { scopes, type Scope } from '../../shared/scopes.js';
import { roles, type Role } from '../../shared/states.js';
import { withCommonOptions, type CommonOptions, type Define } from '../command.js';
import { readToken } from '../daemon/address.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples, type Example } from '../help/examples.js';
import { parseWhole } from '../input/whole-number.js';
import { localTime } from '../output/local-time.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { printTable } from '../output/table.js';

interface ShowOptions extends CommonOptions {
  readonly webhook: boolean;
}

interface CreateOptions extends CommonOptions {
  readonly role?: Role;
  readonly scopes?: Scope[];
  readonly expiresInDays?: number;
  readonly user?: string;
}

export const defineToken: Define = (command, choose) => {
  const sub = (words: string, about: string, ...examples: Example[]) =>
    withExamples(withCommonOptions(command.command(words).description(about)), ...examples);
  withExamples(command, ['kdrama token create nightly --scopes upload,jobs', 'a key for a script']);
  sub('show', 'print the token that this command uses', [
    'curl -H "Authorization: Bearer $(kdrama token show)" "$url/api/v1/videos"',
    'over HTTP',
  ])
    .option('--webhook', 'the secret that webhooks are signed with instead', false)
    .action((options: ShowOptions) =>
      choose(options, (deps) =>
        options.webhook
          ? runWebhookSecretShow(options, deps)
          : Promise.resolve(runTokenShow(options, deps)),
      ),
    );
  sub('create <name>', 'make an API key for a program; it is shown once', [
    'kdrama token create nightly --scopes upload,jobs --expires-in-days 90',
    'a key that adds episodes and follows their jobs, for three months',
  ])
    .addOption(new Option('--role <role>', 'at most what it may').choices(roles))
    .option('--scopes <list>', `only for these, of ${scopes.join(',')}`, parseScopes)
    .option('--expires-in-days <days>', 'void after that', parseWhole)
    .option('--user <name>', 'acts as this user')
    .action((name: string, options: CreateOptions) =>
      choose(options, (deps) => runTokenCreate(name, options, deps)),
    );
  sub('list', 'list the API keys', ['kdrama token list', 'with when each was used']).action(
    (options: CommonOptions) => choose(options, (deps) => runTokenList(options, deps)),
  );
  sub('revoke <key>', 'make an API key void, by its prefix', [
    'kdrama token revoke KEY',
    'at once',
  ]).action((key: string, options: CommonOptions) =>
    choose(options, (deps) => runTokenRevoke(key, options, deps)),
  );
  sub('rotate', 'change the secret of sign-ins: everybody with a password signs in again', [
    'kdrama token rotate',
    'after a token has leaked',
  ]).action((options: CommonOptions) => choose(options, (deps) => runTokenRotate(options, deps)));
};

/** Prints KDRAMA_TOKEN or this home's admin token. Throws NOT_FOUND when no daemon made one yet. */
export function runTokenShow(options: CommonOptions, deps: Deps): ExitCode {
  const token = readToken(deps.env, deps.home);
  if (token === undefined) {
    throw new KdramaError('NOT_FOUND', `${deps.home} has no token yet`, {
      hint: 'Run "kdrama start" once; it makes one.',
    });
  }
  if (options.json) printJson(deps, { token });
  else printLine(deps, token);
  return exitCodes.ok;
}

/** Prints `whsec_…`, with which a target checks that a webhook comes from this daemon. */
export async function runWebhookSecretShow(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const secret = await api.webhookSecret();
  if (options.json) printJson(deps, { secret });
  else printLine(deps, secret);
  return exitCodes.ok;
}

/** Prints the key, which nobody can show again. */
export async function runTokenCreate(
  name: string,
  options: CreateOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const { role, scopes: wanted, expiresInDays, user } = options;
  const key = await api.createToken({
    name,
    ...(role && { role }),
    ...(wanted && { scopes: wanted }),
    ...(expiresInDays !== undefined && { expiresInDays }),
    ...(user !== undefined && { username: user }),
  });
  if (options.json) printJson(deps, key);
  else printLine(deps, key.token);
  if (!options.json && !options.quiet) {
    sayLine(deps, `Keep it: it is not shown again. "kdrama token revoke ${key.id}" makes it void.`);
  }
  return exitCodes.ok;
}

export async function runTokenList(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const tokens = await api.tokens();
  if (options.json) tokens.forEach((token) => printJson(deps, token));
  else if (options.quiet) tokens.forEach(({ id }) => printLine(deps, id));
  else if (tokens.length > 0) printTable(deps.stdout, { headings, rows: tokens.map(row) });
  else sayLine(deps, 'There are no API keys. Make one: kdrama token create NAME');
  return exitCodes.ok;
}

/** `key`: a prefix, or the whole key. */
export async function runTokenRevoke(
  key: string,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const id = /^kd_([0-9a-z]{8})_/.exec(key)?.[1] ?? key;
  await api.removeToken(id);
  if (options.json) printJson(deps, { id });
  else printLine(deps, id);
  return exitCodes.ok;
}

export async function runTokenRotate(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  await api.rotateSecret();
  if (options.json) printJson(deps, { rotated: true });
  else if (!options.quiet) sayLine(deps, 'Whoever was signed in by token signs in again.');
  return exitCodes.ok;
}

const headings = ['KEY', 'ROLE', 'SCOPES', 'EXPIRES', 'LAST USED', 'NAME'];

function row(key: ApiKeyView): string[] {
  return [
    key.id,
    key.role,
    key.scopes?.join(',') ?? 'all',
    key.expiresAt === null ? 'never' : localTime(key.expiresAt).slice(0, 10),
    key.lastUsedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
    safeText(key.name),
  ];
}

function parseScopes(text: string): Scope[] {
  return text.split(',').map((word) => {
    const scope = scopes.find((each) => each === word.trim());
    if (scope === undefined)
      throw new InvalidArgumentError(`Expected some of ${scopes.join(',')}.`);
    return scope;
  });
}
