import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { deliveryList, webhookMessage, type Delivery } from '../../../src/shared/contract/index.js';
import type { WebhookOptions } from '../../../src/daemon/notify/webhooks.js';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { inSeconds, jsonWebToken } from '../../support/json-web-token.js';
import { endlessTask } from '../../support/tasks.js';
import {
  ok,
  webhookTarget,
  type Answer,
  type ReceivedWebhook,
} from '../../support/webhook-target.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

/** As the real ones, in milliseconds instead of seconds and hours. */
const quick: WebhookOptions = {
  random: () => 1,
  retry: { firstPauseMs: 5, longestPauseMs: 50, giveUpMs: 600_000 },
  breaker: { threshold: 1000, firstPauseMs: 50, longestPauseMs: 50 },
};

let home: string;
let daemon: TestDaemon;
const start = async ({ env, ...options }: TestDaemonOptions = {}) => {
  daemon = await startTestDaemon({
    home,
    runTask: endlessTask,
    webhooks: quick,
    env: { KDRAMA_NOTIFY_ALLOW: '127.0.0.1', ...env },
    ...options,
  });
};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-test-'));
});
afterEach(async () => {
  await daemon.close();
  await rm(home, { recursive: true, force: true });
});

let size = 5000;
/** A job of a new video. */
async function jobOf(query: Record<string, string> = {}): Promise<string> {
  const words = new URLSearchParams({ filename: 'Goblin.S01E03.mkv', ...query });
  const body = new Uint8Array(videoBytes((size += 100)));
  const response = await daemon.fetch(`/upload?${words}`, { method: 'PUT', body });
  expect(response.status).toBe(202);
  return ((await response.json()) as { transcodingJobId: string }).transcodingJobId;
}
const cancel = (jobId: string) => daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
async function cancelledJob(notifyUrl: string): Promise<string> {
  const jobId = await jobOf({ notifyUrl });
  expect((await cancel(jobId)).status).toBe(200);
  return jobId;
}
async function deliveriesOf(jobId: string): Promise<Delivery[]> {
  const response = await daemon.fetch(`/jobs/${jobId}/deliveries`);
  return deliveryList.parse(await response.json()).deliveries;
}
/** The log is written after the answer: asks until it is. */
async function endedDeliveries(jobId: string): Promise<Delivery[]> {
  return expect
    .poll(async () => deliveriesOf(jobId), { timeout: 30_000 })
    .toSatisfy((all: Delivery[]) => all.length > 0 && all.every(({ endedAt }) => endedAt !== null))
    .then(() => deliveriesOf(jobId));
}
const typesOf = (received: readonly ReceivedWebhook[]) =>
  received.map(({ body }) => webhookMessage.parse(JSON.parse(body)).type);
async function secretOf(): Promise<string> {
  const response = await daemon.fetch('/webhooks/secret');
  return ((await response.json()) as { secret: string }).secret;
}

describe('a webhook', () => {
  test('tells when an episode can be played and how its job ends, signed as the standard says', async () => {
    const target = await webhookTarget();
    const { runTask } = encodedEpisode(2);
    await start({ runTask });
    const jobId = await jobOf({ notifyUrl: `${target.url}?key=secret` });
    await target.until((received) => received.length === 2);
    expect(typesOf(target.received)).toEqual(['video.playable', 'job.completed']);
    const secret = await secretOf();
    for (const { body, headers, method, path } of target.received) {
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(webhookMessage.parse(verified).data).toMatchObject({ jobId, title: 'Goblin S01E03' });
      expect([method, path]).toEqual(['POST', '/hook?key=secret']);
      expect(headers['user-agent']).toMatch(/^kdrama\//);
      const forged = body.replace('Goblin', 'Gremlin');
      expect(() => new Webhook(secret).verify(forged, headers as Record<string, string>)).toThrow();
    }
    const [playable, completed] = target.received.map(
      ({ body }) => webhookMessage.parse(JSON.parse(body)).data,
    );
    expect(playable).toMatchObject({ playable: true, completedAt: null });
    expect(completed).toMatchObject({ status: 'completed', progress: 100, error: null });
    const ended = await endedDeliveries(jobId);
    expect(ended).toMatchObject([
      { type: 'video.playable', state: 'delivered', attempts: 1, lastStatus: 204, url: target.url },
      { type: 'job.completed', state: 'delivered', attempts: 1, lastError: null, target: 'job' },
    ]);
  });

  test('is asked for with POST /jobs, POST /job, upload metadata and imports', async () => {
    const target = await webhookTarget();
    await start();
    const videoJob = await jobOf();
    const { videoId } = (await (await daemon.fetch(`/jobs/${videoJob}`)).json()) as {
      videoId: string;
    };
    const post = (path: string, body: object) =>
      daemon.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/jobs', { videoId, quality: 'low', jobId: 'low', notifyUrl: target.url });
    await post('/job', {
      ...{ video_id: videoId, quality: 'medium', job_id: 'medium' },
      ...{ notify_url: target.url },
    });
    const bytes = videoBytes(7777);
    const path = join(home, 'episode.mkv');
    await writeFile(path, bytes);
    const imported = await post('/import', { path, metadata: { notifyUrl: target.url } });
    expect(imported.status).toBe(202);
    const { uploadId } = (await imported.json()) as { uploadId: string };
    await expect
      .poll(async () => (await daemon.fetch(`/jobs/${uploadId}`)).status, { timeout: 30_000 })
      .toBe(200);
    for (const id of ['low', 'medium', uploadId]) await cancel(id);
    await target.until((received) => received.length === 3);
    expect(typesOf(target.received)).toEqual(Array(3).fill('job.cancelled'));
  });

  test('goes to everybody who asked, and at once to who asks about what has ended', async () => {
    const [one, other] = [await webhookTarget(), await webhookTarget()];
    const { runTask } = encodedEpisode(2);
    await start({ runTask });
    const jobId = await jobOf({ notifyUrl: one.url });
    await one.until((received) => received.length === 2);
    const { videoId } = (await (await daemon.fetch(`/jobs/${jobId}`)).json()) as {
      videoId: string;
    };
    const again = await daemon.fetch('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ videoId, notifyUrl: other.url }),
    });
    expect(((await again.json()) as { jobId: string }).jobId).toBe(jobId);
    await other.until((received) => received.length === 1);
    expect(typesOf(other.received)).toEqual(['job.completed']);
    expect(one.received).toHaveLength(2);
  });

  test('is not sent for a cancelled job that asking again takes up', async () => {
    const target = await webhookTarget();
    await start();
    const jobId = await jobOf();
    await cancel(jobId);
    const { videoId } = (await (await daemon.fetch(`/jobs/${jobId}`)).json()) as {
      videoId: string;
    };
    await daemon.fetch('/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ videoId, notifyUrl: target.url }),
    });
    expect(await deliveriesOf(jobId)).toEqual([]);
  });

  test('is tried again until it arrives, always under the same id, and never after that', async () => {
    const answer: Answer = ({ attempt }, response) => {
      if (attempt < 4)
        response.writeHead([500, 429, 302][attempt - 1] ?? 500, { location: '/' }).end();
      else ok({} as ReceivedWebhook, response);
    };
    const target = await webhookTarget(answer);
    await start();
    const jobId = await cancelledJob(target.url);
    expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered', attempts: 4 }]);
    expect(new Set(target.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(target.received.map(({ path }) => path))).toEqual(new Set(['/hook']));
    // Something else is delivered meanwhile, and still nothing is told twice.
    await endedDeliveries(await cancelledJob(target.url));
    expect(target.received.filter(({ attempt }) => attempt > 4)).toEqual([]);
  });

  test('waits for a target that is away, across a restart of the daemon', async () => {
    const away = await webhookTarget();
    await away.close();
    await start();
    const jobId = await cancelledJob(away.url);
    await expect
      .poll(async () => (await deliveriesOf(jobId))[0]?.attempts, { timeout: 30_000 })
      .toBeGreaterThan(1);
    expect(await deliveriesOf(jobId)).toMatchObject([
      { state: 'waiting', lastStatus: null, lastError: 'ECONNREFUSED' },
    ]);
    await daemon.stop();
    const back = await webhookTarget(ok, away.port);
    await start();
    await back.until((received) => received.length === 1);
    expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered' }]);
    expect(back.received).toHaveLength(1);
  });

  test('that is being sent while the daemon stops is neither lost nor counted as told', async () => {
    const target = await webhookTarget((webhook, response) => {
      if (webhook.attempt > 1) ok(webhook, response); // the first one hangs
    });
    await start();
    const jobId = await cancelledJob(target.url);
    await target.until((received) => received.length === 1);
    await daemon.stop();
    await start();
    await target.until((received) => received.length === 2);
    expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(new Set(target.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('stops at a 410, for all that the job would tell that target', async () => {
    const target = await webhookTarget((_webhook, response) => response.writeHead(410).end());
    const worker = encodedEpisode(2);
    await start({ runTask: worker.runTask });
    const jobId = await jobOf({ notifyUrl: target.url });
    const ended = await endedDeliveries(jobId);
    expect(new Set(ended.map(({ state }) => state))).toEqual(new Set(['gone']));
    await expect
      .poll(
        async () =>
          ((await (await daemon.fetch(`/jobs/${jobId}`)).json()) as { status: string }).status,
      )
      .toBe('completed');
    const calls = target.received.length;
    expect(calls).toBeLessThanOrEqual(2);
    await endedDeliveries(jobId);
    expect(target.received).toHaveLength(calls);
  });

  test('that waits for another try goes too when its target says 410', async () => {
    const target = await webhookTarget(({ body }, response) => {
      const isFirst = body.includes('video.playable');
      response.writeHead(isFirst ? 503 : 410, isFirst ? { 'retry-after': '300' } : {}).end();
    });
    await start({ runTask: encodedEpisode(2).runTask });
    const ended = await endedDeliveries(await jobOf({ notifyUrl: target.url }));
    expect(ended.map(({ type, state, attempts }) => [type, state, attempts])).toEqual([
      ['video.playable', 'gone', 1],
      ['job.completed', 'gone', 1],
    ]);
  });

  test('waits as long as Retry-After says', async () => {
    const target = await webhookTarget((webhook, response) => {
      if (webhook.attempt === 1) response.writeHead(503, { 'retry-after': '3600' }).end();
      else ok(webhook, response);
    });
    await start();
    const jobId = await cancelledJob(target.url);
    await expect
      .poll(async () => (await deliveriesOf(jobId))[0]?.attempts, { timeout: 30_000 })
      .toBe(1);
    const [waiting] = await deliveriesOf(jobId);
    const pause =
      Date.parse(waiting?.nextAttemptAt ?? '') - Date.parse(waiting?.lastAttemptAt ?? '');
    // It gives up after ten minutes here: the last attempt is made then.
    expect(pause).toBeGreaterThan(500_000);
  });

  test('is given up when its time is over, after one last attempt', async () => {
    const target = await webhookTarget((_webhook, response) => response.writeHead(500).end());
    await start({
      webhooks: { ...quick, retry: { firstPauseMs: 5, longestPauseMs: 20, giveUpMs: 300 } },
    });
    const jobId = await cancelledJob(target.url);
    const [ended] = await endedDeliveries(jobId);
    expect(ended).toMatchObject({ state: 'failed', lastStatus: 500, lastError: 'HTTP 500' });
    expect(target.received).toHaveLength(ended?.attempts ?? 0);
  });

  test('to a target that never answers takes the timeout, and no slot from others', async () => {
    const hanging = await webhookTarget(() => undefined);
    const fine = await webhookTarget();
    await start({ webhooks: { ...quick, timeoutMs: 300 } });
    const stuck: string[] = [];
    for (let n = 0; n < 12; n++) stuck.push(await cancelledJob(hanging.url));
    const quickOne = await cancelledJob(fine.url);
    expect(await endedDeliveries(quickOne)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    await expect
      .poll(async () => (await deliveriesOf(stuck[0] ?? ''))[0]?.lastError, { timeout: 30_000 })
      .toBe('no answer in time');
  });

  test('is not sent to a host that failed again and again, until a trial succeeds', async () => {
    let isBroken = true;
    const target = await webhookTarget((webhook, response) => {
      if (isBroken) response.writeHead(500).end();
      else ok(webhook, response);
    });
    const breaker = { threshold: 3, firstPauseMs: 700, longestPauseMs: 700 };
    await start({ webhooks: { ...quick, breaker } });
    const jobs: string[] = [];
    for (let n = 0; n < 6; n++) jobs.push(await cancelledJob(target.url));
    // Two at a time are under way when the third failure opens it.
    await target.until((received) => received.length >= 3);
    const [first] = jobs;
    const while1 = (await deliveriesOf(first ?? ''))[0]?.attempts ?? 0;
    expect(target.received.length).toBeLessThanOrEqual(4);
    isBroken = false;
    for (const jobId of jobs) {
      expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered' }]);
    }
    expect(while1).toBeLessThanOrEqual(4);
  });

  test('does not follow a redirect', async () => {
    const elsewhere = await webhookTarget();
    const target = await webhookTarget((webhook, response) => {
      if (webhook.attempt === 1) response.writeHead(307, { location: elsewhere.url }).end();
      else ok(webhook, response);
    });
    await start();
    await endedDeliveries(await cancelledJob(target.url));
    expect(elsewhere.received).toEqual([]);
  });

  test('takes a 200 for success, however long the answer goes on', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.close().closeAllConnections());
    await start();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const [ended] = await endedDeliveries(await cancelledJob(url));
    expect(ended).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 200 });
  });
});

describe('where a webhook may go', () => {
  test('a notifyUrl that can never be called is refused at once, with the next step', async () => {
    await start({ env: { KDRAMA_NOTIFY_ALLOW: '' } });
    const jobId = await jobOf();
    for (const notifyUrl of [
      'ftp://example.com/',
      'http://127.0.0.1/',
      'http://localhost:9000/',
      'http://169.254.169.254/latest/meta-data/',
      'http://2130706433/',
      'http://[::ffff:10.0.0.1]/',
      'http://user:password@example.com/',
    ]) {
      const response = await daemon.fetch('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ videoId: jobId, notifyUrl }),
      });
      const { error } = (await response.json()) as { error: { code: string; hint: string } };
      expect([notifyUrl, response.status, error.code]).toEqual([
        notifyUrl,
        400,
        'VALIDATION_FAILED',
      ]);
      expect(error.hint).toBeTruthy();
      const uploaded = await daemon.fetch(
        `/upload?${new URLSearchParams({ filename: 'a.mkv', notifyUrl })}`,
        { method: 'PUT', body: new Uint8Array(videoBytes(5000)) },
      );
      expect(uploaded.status).toBe(400);
    }
  });

  test('a name that leads to this machine is found out when it is resolved, and never called', async () => {
    const target = await webhookTarget();
    const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    await start({ env: { KDRAMA_NOTIFY_ALLOW: '' }, webhooks: { ...quick, lookup } });
    const jobId = await cancelledJob(`http://rebind.example:${target.port}/hook`);
    await expect
      .poll(async () => (await deliveriesOf(jobId))[0]?.lastError, { timeout: 30_000 })
      .toContain('an address of rebind.example is not a public address');
    expect(target.received).toEqual([]);
  });

  test('the connection goes to the address that was checked, whatever the name says next', async () => {
    const target = await webhookTarget();
    let asked = 0;
    const lookup = () => {
      asked += 1;
      const address = asked === 1 ? '127.0.0.1' : '10.255.255.1';
      return Promise.resolve([{ address, family: 4 }]);
    };
    await start({ webhooks: { ...quick, lookup } });
    const jobId = await cancelledJob(`http://rebind.example:${target.port}/hook`);
    expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    expect(asked).toBe(1);
    expect(target.received[0]?.headers.host).toBe(`rebind.example:${target.port}`);
  });
});

describe('notify.url', () => {
  test('is told of every job, once also when a request names it too', async () => {
    const target = await webhookTarget();
    await start({ env: { KDRAMA_NOTIFY_URL: target.url } });
    await cancelledJob(target.url);
    const jobId = await jobOf();
    await cancel(jobId);
    const ended = await endedDeliveries(jobId);
    expect(ended).toMatchObject([{ target: 'global', state: 'delivered' }]);
    expect(target.received).toHaveLength(2);
  });

  test('is the admin’s: uploaders see their own targets only, and nobody the secret part of it', async () => {
    const [global, own] = [await webhookTarget(), await webhookTarget()];
    const secret = 'a secret that is shared with other programs';
    await start({ env: { KDRAMA_NOTIFY_URL: `${global.url}?hush`, KDRAMA_JWT_SECRET: secret } });
    const claims = { userId: 'mina', username: 'mina', role: 'uploader', exp: inSeconds(600) };
    const mina = { authorization: `Bearer ${jsonWebToken(secret, claims)}` };
    const body = new Uint8Array(videoBytes((size += 100)));
    const words = new URLSearchParams({ filename: 'Mina.mkv', notifyUrl: own.url });
    const sent = await fetch(`${daemon.url}/api/v1/upload?${words}`, {
      method: 'PUT',
      body,
      headers: mina,
    });
    const { transcodingJobId } = (await sent.json()) as { transcodingJobId: string };
    await cancel(transcodingJobId);
    const all = await endedDeliveries(transcodingJobId);
    const address = `${daemon.url}/api/v1/jobs/${transcodingJobId}/deliveries`;
    const seen = await (await fetch(address, { headers: mina })).json();
    expect(seen).toMatchObject({ deliveries: [{ target: 'job', url: own.url }] });
    expect(all.map(({ target, url }) => `${target} ${url}`).toSorted()).toEqual([
      `global ${new URL(global.url).origin}/…`,
      `job ${own.url}`,
    ]);
  });

  test('that was wrong is made good by another start with the right one', async () => {
    const gone = await webhookTarget();
    await gone.close();
    await start({ env: { KDRAMA_NOTIFY_URL: gone.url } });
    const jobId = await jobOf();
    await cancel(jobId);
    await daemon.stop();
    const target = await webhookTarget();
    await start({ env: { KDRAMA_NOTIFY_URL: target.url } });
    const url = `${new URL(target.url).origin}/…`;
    expect(await endedDeliveries(jobId)).toMatchObject([{ state: 'delivered', url }]);
    expect(target.received).toHaveLength(1);
  });

  test('gets what notify.template says, secrets from the environment included', async () => {
    const target = await webhookTarget();
    const template = join(home, 'template.json');
    await writeFile(
      template,
      JSON.stringify({
        url: target.url,
        method: 'PUT',
        events: ['job.cancelled'],
        headers: { Authorization: 'Bearer {{env:ENGINE_TOKEN}}', 'X-Job': '{{jobId}}' },
        body: { conf: { job: '{{jobId}}', text: 'about "{{title}}"', percent: '{{progress}}' } },
      }),
    );
    await start({ env: { KDRAMA_NOTIFY_TEMPLATE: template, ENGINE_TOKEN: 'hush' } });
    const jobId = await jobOf({ title: '도깨비 "x"\n' });
    await cancel(jobId);
    await target.until((received) => received.length === 1);
    const [{ method, headers, body } = { method: '', headers: {}, body: '' }] = target.received;
    expect(method).toBe('PUT');
    expect(headers).toMatchObject({ authorization: 'Bearer hush', 'x-job': jobId });
    expect(JSON.parse(body)).toEqual({
      conf: { job: jobId, text: 'about "도깨비 "x"\n"', percent: 0 },
    });
    new Webhook(await secretOf()).verify(body, headers as Record<string, string>);
  });

  test('its template, which may hold secrets, is for it alone', async () => {
    const [global, foreign] = [await webhookTarget(), await webhookTarget()];
    const template = join(home, 'template.json');
    await writeFile(
      template,
      JSON.stringify({ url: global.url, headers: { 'X-Secret': 'hush' }, body: {} }),
    );
    await start({ env: { KDRAMA_NOTIFY_TEMPLATE: template } });
    await cancelledJob(foreign.url);
    await foreign.until((received) => received.length === 1);
    await global.until((received) => received.length === 1);
    expect(global.received[0]?.headers['x-secret']).toBe('hush');
    expect(foreign.received[0]?.headers['x-secret']).toBeUndefined();
    expect(typesOf(foreign.received)).toEqual(['job.cancelled']);
  });

  test('one that may not be called, or a bad secret, keeps the daemon from starting', async () => {
    const startWith = (env: Record<string, string>) =>
      start({ env: { KDRAMA_NOTIFY_ALLOW: '', ...env } });
    await expect(startWith({ KDRAMA_NOTIFY_URL: 'http://127.0.0.1/' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    await expect(startWith({ KDRAMA_NOTIFY_SECRET: 'whsec_short' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    await startWith({ KDRAMA_NOTIFY_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}` });
    expect(await secretOf()).toBe(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
  });
});
