import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listeningOf } from '../../../src/cli/daemon/kept-environment.js';
import { offerRenewal } from '../../../src/cli/daemon/offer-renewal.js';
import type { Deps } from '../../../src/cli/deps.js';
import type { ConfigView, Health, JobView } from '../../../src/shared/contract/index.js';
import { cliDeps, temporaryDirectory } from '../../support/cli-deps.js';
import { daemonDouble, jobView } from '../../support/daemon-double.js';

const options = { json: false, quiet: false, verbose: false };
let home: string;
let close = () => Promise.resolve();
beforeEach(() => {
  home = temporaryDirectory();
});
afterEach(async () => {
  await close();
  close = () => Promise.resolve();
});

async function daemonOf(facts: Partial<Health>, jobs: readonly JobView[] = []) {
  const daemon = await daemonDouble(home, () => ({ body: { jobs, nextCursor: null } }), facts);
  close = () => daemon.close();
  return daemon;
}

/** Somebody at a terminal who answers `words`. */
function atTerminal(words: string) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  stdin.write(`${words}\n`);
  const deps = cliDeps({ home, stdin });
  Object.assign(deps.stderr, { isTTY: true });
  return deps;
}

async function question(deps: Deps & { err(): string }): Promise<string> {
  await offerRenewal(options, deps);
  return deps.err();
}

test('a person is asked whether an older daemon that does nothing shall be restarted', async () => {
  await daemonOf({ version: '0.0.9' });
  expect(await question(atTerminal('n'))).toBe(
    'The daemon is still kdrama 0.0.9, this is 0.1.0. Restart it now? [y/N] ',
  );
});

test('nobody is asked while it works, by scripts, or when it is of this version', async () => {
  await daemonOf({ version: '0.0.9' }, [jobView({ status: 'processing' })]);
  expect(await question(atTerminal('y'))).toBe('');
  await close();
  await daemonOf({ version: '0.0.9' });
  expect(await question(cliDeps({ home }))).toBe('');
  const quiet = atTerminal('y');
  await offerRenewal({ ...options, quiet: true }, quiet);
  expect(quiet.err()).toBe('');
  await close();
  await daemonOf({ version: '0.1.0' });
  expect(await question(atTerminal('y'))).toBe('');
});

test('the next one listens as the old one was told to by its options and variables', () => {
  const setting = (env: string, value: string | boolean, origin: 'environment' | 'file') =>
    ({ env, value, origin }) as ConfigView['settings'][number];
  const settings = [
    setting('KDRAMA_LAN', true, 'environment'),
    setting('KDRAMA_LISTEN', '0.0.0.0:80', 'file'),
    setting('KDRAMA_LADDER', 'copy', 'environment'),
  ];
  expect(listeningOf({ settings })).toEqual({ KDRAMA_LAN: 'true' });
});
