import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const password = 'a long sentence';
let daemon: TestDaemon;
beforeEach(async () => {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    env: { KDRAMA_REQUESTS_PER_MINUTE: '1000000', KDRAMA_TRUSTED_PROXIES: '127.0.0.1' },
  });
  for (const username of ['mina', 'jun']) {
    await daemon.fetch('/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
  }
});
afterEach(() => daemon.close());

interface Attempt {
  readonly path?: string;
  readonly username?: string;
  readonly given?: string;
  readonly address?: string;
}

function attempt({ path = '/auth/login', username, given, address }: Attempt) {
  return fetch(`${daemon.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': address ?? '192.168.1.2',
    },
    body: JSON.stringify({ username: username ?? 'mina', password: given ?? 'wrong' }),
  });
}

async function statuses(count: number, one: Attempt): Promise<number[]> {
  const found = await Promise.all(Array.from({ length: count }, () => attempt(one)));
  return found.map(({ status }) => status);
}

test('an account takes ten wrong passwords in ten minutes, many at once or not, from anywhere', async () => {
  expect(await statuses(10, {})).toEqual(Array(10).fill(401));
  const late = await attempt({ given: password, username: 'MINA', address: '192.168.1.3' });
  expect(late.status).toBe(429);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(500);
  expect((await late.json()).error.code).toBe('RATE_LIMIT_EXCEEDED');
  const browser = await attempt({ path: '/auth/session', given: password });
  expect(browser.status).toBe(429);
  expect((await attempt({ username: 'jun', given: password })).status).toBe(200);
});

test('names that nobody has are slowed in the same way', async () => {
  expect(await statuses(10, { username: 'nobody' })).toEqual(Array(10).fill(401));
  expect((await attempt({ username: 'nobody' })).status).toBe(429);
});

test('an address takes thirty, over all accounts', async () => {
  for (const start of [0, 10, 20]) {
    const some = Array.from({ length: 10 }, (_, n) => attempt({ username: `user${start + n}` }));
    expect((await Promise.all(some)).map(({ status }) => status)).toEqual(Array(10).fill(401));
  }
  expect((await attempt({ given: password })).status).toBe(429);
  expect((await attempt({ given: password, address: '192.168.1.3' })).status).toBe(200);
});

test('right passwords are never slowed', async () => {
  for (let n = 0; n < 4; n++) {
    expect(await statuses(8, { given: password })).toEqual(Array(8).fill(200));
  }
});

test('so many at once are told to come again, not kept waiting', async () => {
  const some = Array.from({ length: 25 }, (_, n) => attempt({ username: `user${n}` }));
  const answers = await Promise.all(some);
  const late = answers.filter(({ status }) => status === 429);
  expect(late.length).toBeGreaterThan(0);
  expect(late[0]?.headers.get('retry-after')).toBe('5');
});
