import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewApiKeyView } from '../../src/shared/contract/index.js';
import type { Operation } from '../../src/shared/contract/operation.js';
import { operations } from '../../src/shared/contract/operations/index.js';
import { scopesOf } from '../../src/shared/contract/scopes-of.js';
import { newId } from '../../src/shared/ids.js';
import { roles, type Role } from '../../src/shared/states.js';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { videoBytes } from '../support/file-bytes.js';
import { inSeconds, jsonWebToken } from '../support/json-web-token.js';
import { endlessTask } from '../support/tasks.js';
import { uploadClient } from '../support/upload-client.js';

const secret = 'a secret that is shared with other programs';
let daemon: TestDaemon;
let clockMs = Date.now();
/** Of the admin of this machine: nobody else may know that they exist. */
const others: Record<string, string> = {};
const keys: Record<string, string> = {};

beforeAll(async () => {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    clock: { now: () => clockMs, monotonic: () => performance.now() },
    env: { KDRAMA_JWT_SECRET: secret, KDRAMA_REQUESTS_PER_MINUTE: '1000000' },
  });
  const whole = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body: new Uint8Array(videoBytes(5000)),
  });
  const { videoId, transcodingJobId } = (await whole.json()) as Record<string, string>;
  const { uploadId } = await uploadClient(daemon).started({ totalSize: 1000, chunkSize: 1000 });
  Object.assign(others, { videoId, jobId: transcodingJobId, uploadId });
  for (const role of roles) keys[role] = await key({ role });
  keys['narrow'] = await key({ role: 'admin', scopes: ['upload'] });
  keys['revoked'] = await key({ role: 'admin' });
  await daemon.fetch(`/tokens/${keys['revoked'].slice(3, 11)}`, { method: 'DELETE' });
  keys['expired'] = await key({ role: 'admin', expiresInDays: 1 });
  clockMs += 25 * 3_600_000;
});
afterAll(() => daemon.close());

async function key(wanted: object): Promise<string> {
  const response = await daemon.fetch('/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'test', ...wanted }),
  });
  return ((await response.json()) as NewApiKeyView).token;
}

/** A new one each time: some endpoints end the token that they are asked with. */
function signedIn(role: Role, claims: object = {}): string {
  const userId = `elsewhere-${role}`;
  const exp = inSeconds(48 * 3600);
  return jsonWebToken(secret, { userId, username: role, role, exp, jti: newId(), ...claims });
}

interface Asker {
  readonly name: string;
  readonly token: () => string | undefined;
  /** undefined: nobody that is known. */
  readonly role?: Role;
  readonly isKey?: boolean;
  readonly scope?: 'upload';
}

const askers: readonly Asker[] = [
  { name: 'nobody', token: () => undefined },
  { name: 'a wrong token', token: () => 'wrong' },
  { name: 'an expired sign-in', token: () => signedIn('admin', { exp: inSeconds(24 * 3600) }) },
  { name: 'a sign-in without expiry', token: () => signedIn('admin', { exp: undefined }) },
  { name: 'a revoked key', token: () => keys['revoked'] },
  { name: 'an expired key', token: () => keys['expired'] },
  ...roles.map((role) => ({ name: `a signed-in ${role}`, token: () => signedIn(role), role })),
  ...roles.map((role) => ({
    name: `a key of ${role}`,
    token: () => keys[role],
    role,
    isKey: true,
  })),
  {
    name: 'a key that may only upload',
    token: () => keys['narrow'],
    role: 'admin',
    isKey: true,
    scope: 'upload',
  },
  { name: 'the local token', token: () => daemon.token, role: 'admin' },
];

const ranks = { open: 0, user: 1, uploader: 2, admin: 3 } as const;

/** What the table promises; undefined: it is let in, whatever it is told then. */
function promised(
  operation: Operation,
  asker: Asker,
): { status: number; code: string } | undefined {
  const { access, concealed } = operation;
  const refused = { status: 403, code: 'AUTH_INSUFFICIENT_PERMISSIONS' };
  if (access === 'open') return undefined;
  if (asker.role === undefined) return { status: 401, code: 'AUTH_INVALID_TOKEN' };
  const scopes = scopesOf(operation);
  if (asker.isKey === true && scopes === 'never') return refused;
  if (asker.scope !== undefined && !scopes.includes(asker.scope)) return refused;
  if (concealed !== undefined && asker.role !== 'admin') return { status: 404, code: concealed };
  if (operation.ownOnly === true && asker.role !== 'admin') return refused;
  return ranks[asker.role] < ranks[access] ? refused : undefined;
}

/** Admins may change what is named, so they are given names of nothing. */
function addressOf(path: string, asker: Asker): string {
  return path.replace(/:([^/]+)/g, (_, name: string) => {
    if (asker.role === 'admin') return 'nothere';
    if (name === 'chunkIndex') return '0';
    if (name === 'id' && /^\/(videos|metadata)/.test(path)) return others['videoId'] ?? '';
    if (name === 'id') return others['jobId'] ?? '';
    return others[name] ?? 'nothere';
  });
}

/** What is concealed is so from good requests; bad ones are told what is bad about them. */
function contentOf({ concealed, ownOnly, examples = [] }: Operation): RequestInit {
  const { headers, body } = examples.find(({ status }) => status === 404) ?? {};
  if (concealed === undefined && ownOnly !== true) return {};
  return {
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** `?a=b` of the good request. */
function queryOf({ examples = [] }: Operation): string {
  const { query } = examples.find(({ status }) => status === 404) ?? {};
  if (query === undefined) return '';
  const words = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `?${new URLSearchParams(words).toString()}`;
}

async function answerTo(operation: Operation, path: string, asker: Asker) {
  const token = asker.token();
  const { headers, ...content } = contentOf(operation);
  const response = await fetch(
    `${daemon.url}/api/v1${addressOf(path, asker)}${queryOf(operation)}`,
    {
      method: operation.method,
      ...content,
      headers: {
        ...(headers as Record<string, string>),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
    },
  );
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const body = isJson ? ((await response.json()) as { error?: { code: string } }) : undefined;
  await response.body?.cancel().catch(() => undefined); // a stream of events goes on for ever
  return { status: response.status, code: body?.error?.code ?? '' };
}

/** These look at a credential themselves: one in the path, one in the body, or whatever is sent. */
const looksItself = (operation: Operation, path: string) =>
  path.includes(':key') || path === '/auth/validate' || operation.id === 'login';

describe.each(operations.map((operation) => ({ operation, name: operation.id })))(
  '$name',
  ({ operation }) => {
    test.each([...operation.paths])(
      `${operation.method} %s lets in whom the table says`,
      async (path) => {
        const found: unknown[] = [];
        for (const asker of askers) {
          const expected = promised(operation, asker);
          if (expected === undefined && looksItself(operation, path)) continue;
          const { status, code } = await answerTo(operation, path, asker);
          const isRight =
            expected === undefined
              ? status !== 401 && status !== 403
              : status === expected.status && code === expected.code;
          if (!isRight) found.push({ asker: asker.name, expected, status, code });
        }
        expect(found).toEqual([]);
      },
    );
  },
);
