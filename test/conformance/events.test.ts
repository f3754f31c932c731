import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { jobEvent, jobView, streamNote } from '../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../support/daemon.js';
import { lines, listen, type Received } from '../support/event-client.js';
import { videoBytes } from '../support/file-bytes.js';
import { endlessTask } from '../support/tasks.js';

let home: string;
let daemon: TestDaemon;
const start = async (options: TestDaemonOptions = {}) => {
  daemon = await startTestDaemon({ home, runTask: endlessTask, ...options });
};
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-test-'));
  await start();
});
afterEach(async () => {
  await daemon.close();
  await rm(home, { recursive: true, force: true });
});

async function newJob(size = 5000): Promise<string> {
  const response = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body: new Uint8Array(videoBytes(size)),
  });
  return ((await response.json()) as { transcodingJobId: string }).transcodingJobId;
}
const post = (path: string) => daemon.fetch(path, { method: 'POST' });
const setPriority = (jobId: string, priority: string) =>
  daemon.fetch(`/jobs/${jobId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ priority }),
  });
const typesOf = (events: readonly Received[]) => events.map(({ event }) => event);
const idsOf = (events: readonly Received[]) => events.map(({ id }) => Number(id));
const isNews = ({ event }: Received) => event !== 'comment' && event !== 'job.progress';

describe('GET /jobs/:id/events', () => {
  test('begins with how the job stands, tells what happens, and ends with the job', async () => {
    const jobId = await newJob();
    const client = await listen(daemon, `/jobs/${jobId}/events`);
    expect(client.response.status).toBe(200);
    expect(Object.fromEntries(client.response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      vary: 'Accept',
    });
    const state = await client.next();
    expect(state?.event).toBe('job.state');
    expect(jobView.parse(JSON.parse(state?.data ?? ''))).toMatchObject({ jobId, error: null });

    await post(`/jobs/${jobId}/pause`);
    await post(`/jobs/${jobId}/resume`);
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    const rest = (await client.rest()).filter(isNews);
    expect(typesOf(rest)).toEqual(['job.paused', 'job.resumed', 'job.cancelled']);
    expect(idsOf(rest)).toEqual(idsOf(rest).toSorted((a, b) => a - b));
    expect(JSON.parse(rest.at(-1)?.data ?? '')).toMatchObject({
      status: 'cancelled',
      error: { code: 'JOB_CANCELLED' },
    });
  });

  test('a browser that knows the end is told to stop asking (204); anybody else hears it', async () => {
    const jobId = await newJob();
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    const client = await listen(daemon, `/jobs/${jobId}/events`);
    expect(typesOf(await client.rest())).toEqual(['job.state']);
    const headers = { 'last-event-id': client.lastEventId() };
    const again = await daemon.fetch(`/jobs/${jobId}/events`, { headers });
    expect([again.status, await again.text()]).toEqual([204, '']);
    // An end that was followed by a retry is not the end.
    await post(`/jobs/${jobId}/retry`);
    const retried = await listen(daemon, `/jobs/${jobId}/events?after=0`);
    const types = typesOf(await retried.until(({ event }) => event === 'job.retried'));
    expect(types).toContain('job.cancelled');
    retried.close();
  });

  test('is about that job only, also by the id of its video', async () => {
    const [one, other] = [await newJob(5000), await newJob(6000)];
    const { videoId } = (await (await daemon.fetch(`/jobs/${one}`)).json()) as { videoId: string };
    const client = await listen(daemon, `/jobs/${videoId}/events`);
    await setPriority(other, 'low');
    await setPriority(one, 'high');
    const changed = await client.until(({ event }) => event === 'job.changed');
    expect(changed.map(({ data }) => data).join('\n')).not.toContain(other);
    expect(JSON.parse(changed.at(-1)?.data ?? '')).toMatchObject({ jobId: one, priority: 'high' });
    client.close();
    expect((await daemon.fetch('/jobs/nothere/events')).status).toBe(404);
  });

  test('as NDJSON each line is {id,type,jobId,at,data}; /job speaks snake_case', async () => {
    const jobId = await newJob();
    const headers = { accept: 'application/x-ndjson' };
    const response = await daemon.fetch(`/jobs/${jobId}/events`, { headers });
    const snake = await daemon.fetch(`/job/${jobId}/events`, { headers });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const stream = lines(response);
    expect(streamNote.parse((await stream.next()).value)).toMatchObject({
      type: 'job.state',
      jobId,
    });
    await daemon.fetch(`/jobs/${jobId}`, { method: 'DELETE' });
    const rest = [];
    for await (const line of stream) rest.push(jobEvent.parse(line));
    expect(rest.at(-1)).toMatchObject({ type: 'job.cancelled', data: { status: 'cancelled' } });
    const first = (await lines(snake).next()).value as { job_id: string; data: object };
    expect(first.job_id).toBe(jobId);
    expect(first.data).toMatchObject({
      video_id: expect.any(String) as string,
      start_time: expect.anything() as unknown,
    });
  });

  test('HEAD has the headers and leaves nothing open', async () => {
    const jobId = await newJob();
    for (const path of [`/jobs/${jobId}/events`, '/events']) {
      const response = await daemon.fetch(path, { method: 'HEAD' });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'text/event-stream',
      ]);
      expect(await response.text()).toBe('');
    }
  });
});

describe('GET /events', () => {
  test('tells of all jobs from now on', async () => {
    const before = await newJob(5000);
    const client = await listen(daemon, '/events');
    const after = await newJob(6000);
    const created = await client.until(({ event }) => event === 'job.created');
    expect(JSON.parse(created.at(-1)?.data ?? '')).toMatchObject({ jobId: after });
    expect(created.filter(({ data }) => data.includes(before)).filter(isNews)).toEqual([]);
    client.close();
  });

  test('goes on behind Last-Event-ID across a restart: nothing is lost, nothing told twice', async () => {
    const jobId = await newJob();
    const first = await listen(daemon, '/events?after=0');
    const change = async (count: number) => {
      for (let n = 0; n < count; n++) await setPriority(jobId, n % 2 === 0 ? 'high' : 'low');
    };
    await change(100);
    let seen = 0;
    const heard = await first.until(({ event }) => event === 'job.changed' && ++seen === 60);
    first.close();
    await change(40);
    await daemon.stop();
    await start();
    await change(60);
    const second = await listen(daemon, '/events', { 'last-event-id': first.lastEventId() });
    const more = change(50);
    let left = 200 - 10 - 0;
    heard.push(...(await second.until(({ event }) => event === 'job.changed' && --left === 0)));
    await more;
    second.close();
    const changes = heard.filter(({ event }) => event === 'job.changed');
    expect(changes).toHaveLength(250);
    expect(new Set(idsOf(heard.filter(isNews))).size).toBe(heard.filter(isNews).length);
    expect(idsOf(changes)).toEqual(idsOf(changes).toSorted((a, b) => a - b));
    const all = await listen(daemon, '/events?after=0');
    seen = 0;
    const told = await all.until(({ event }) => event === 'job.changed' && ++seen === 250);
    expect(idsOf(heard.filter(isNews))).toEqual(idsOf(told.filter(isNews)));
    all.close();
  });

  test('a connection that broke before the first event loses nothing either', async () => {
    const client = await listen(daemon, '/events');
    expect((await client.next())?.event).toBe('comment');
    client.close();
    const jobId = await newJob();
    const headers = { 'last-event-id': client.lastEventId() };
    const again = await listen(daemon, '/events', headers);
    const created = await again.until(({ event }) => event === 'job.created');
    expect(JSON.parse(created.at(-1)?.data ?? '')).toMatchObject({ jobId });
    again.close();
  });

  test('the header of a browser that connects again wins over its old address', async () => {
    const jobId = await newJob();
    await setPriority(jobId, 'high');
    const all = await listen(daemon, '/events?after=0');
    const [changed] = (await all.until(({ event }) => event === 'job.changed')).slice(-1);
    all.close();
    await setPriority(jobId, 'low');
    const headers = { 'last-event-id': changed?.id ?? '' };
    const again = await listen(daemon, '/events?after=0', headers);
    const news = (await again.until(({ event }) => event === 'job.changed')).filter(isNews);
    expect(JSON.parse(news[0]?.data ?? '')).toMatchObject({ priority: 'low' });
    again.close();
  });

  test('an id of another database begins anew and says so; one that is none is refused', async () => {
    const client = await listen(daemon, '/events', { 'last-event-id': '999999' });
    const reset = await client.next();
    expect(reset).toMatchObject({ event: 'reset', data: 'null' });
    expect(Number(reset?.id)).toBeLessThan(999_999);
    client.close();
    const jobId = await newJob();
    const ofJob = await listen(daemon, `/jobs/${jobId}/events?after=999999`);
    expect(typesOf([await ofJob.next(), await ofJob.next()] as Received[])).toEqual([
      'reset',
      'job.state',
    ]);
    ofJob.close();
    const refused = await daemon.fetch('/events', { headers: { 'last-event-id': 'x' } });
    expect(refused.status).toBe(400);
  });

  test('200 listeners hear everything', async () => {
    const jobId = await newJob();
    const clients = await Promise.all(Array.from({ length: 200 }, () => listen(daemon, '/events')));
    onTestFinished(() => clients.forEach((client) => client.close()));
    const heard = clients.map((client) => {
      let left = 20;
      return client.until(({ event }) => event === 'job.changed' && --left === 0);
    });
    for (let n = 0; n < 20; n++) await setPriority(jobId, n % 2 === 0 ? 'high' : 'low');
    const stories = (await Promise.all(heard)).map((events) =>
      events
        .filter(({ event }) => event === 'job.changed')
        .map(({ id }) => id)
        .join(),
    );
    expect(new Set(stories).size).toBe(1);
  });

  test('a stop of the daemon ends streams at once', async () => {
    const client = await listen(daemon, '/events');
    const [rest] = await Promise.all([client.rest(), daemon.stop()]);
    expect(rest.filter(isNews)).toEqual([]);
  });

  test('there is a heartbeat while nothing happens', async () => {
    await daemon.stop();
    await start({ streamTiming: { heartbeatMs: 20, patience: 100 } });
    const client = await listen(daemon, '/events');
    const beats = [await client.next(), await client.next(), await client.next()];
    expect(beats.map((beat) => beat?.event)).toEqual(['comment', 'comment', 'comment']);
    client.close();
    const ndjson = lines(
      await daemon.fetch('/events', { headers: { accept: 'application/x-ndjson' } }),
    );
    for (let n = 0; n < 3; n++) {
      expect(streamNote.parse((await ndjson.next()).value).type).toBe('heartbeat');
    }
  });
});

describe('who hears what', () => {
  const json = { 'content-type': 'application/json' };
  const keyOf = async (username: string, body: object) => {
    await daemon.fetch('/users', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username, password: 'a long sentence', role: 'uploader' }),
    });
    const made = await daemon.fetch('/tokens', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: username, username, ...body }),
    });
    const { id, token } = (await made.json()) as { id: string; token: string };
    const as: Pick<TestDaemon, 'fetch'> = {
      fetch: (path, init = {}) =>
        daemon.fetch(path, {
          ...init,
          headers: {
            ...(init.headers as Record<string, string>),
            authorization: `Bearer ${token}`,
          },
        }),
    };
    return { id, as };
  };

  test('an uploader hears of own jobs only; those of others do not exist', async () => {
    const foreign = await newJob(5000);
    const { as } = await keyOf('mina', {});
    const client = await listen(as, '/events');
    await setPriority(foreign, 'high');
    const body = new Uint8Array(videoBytes(7000));
    const uploaded = await as.fetch('/upload?filename=a.mkv', { method: 'PUT', body });
    const { transcodingJobId: own } = (await uploaded.json()) as { transcodingJobId: string };
    const heard = await client.until(({ event }) => event === 'job.created');
    expect(heard.map(({ data }) => data).join('')).not.toContain(foreign);
    expect(JSON.parse(heard.at(-1)?.data ?? '')).toMatchObject({ jobId: own });
    client.close();
    for (const path of ['events', 'deliveries']) {
      expect((await as.fetch(`/jobs/${foreign}/${path}`)).status).toBe(404);
    }
    expect((await fetch(`${daemon.url}/api/events`)).status).toBe(401);
  });

  test('a stream ends when the key that opened it is revoked', async () => {
    await daemon.stop();
    await start({ streamTiming: { heartbeatMs: 50, patience: 100 } });
    const { id, as } = await keyOf('mina', { scopes: ['jobs'] });
    const client = await listen(as, '/events');
    await client.next();
    expect((await daemon.fetch(`/tokens/${id}`, { method: 'DELETE' })).status).toBeLessThan(300);
    await client.rest();
  });

  test('a key for workflows alone sets workflows and moves no job before others', async () => {
    const { as } = await keyOf('mina', { scopes: ['workflow', 'upload'] });
    const body = new Uint8Array(videoBytes(7000));
    const uploaded = await as.fetch('/upload?filename=a.mkv', { method: 'PUT', body });
    const { transcodingJobId: own } = (await uploaded.json()) as { transcodingJobId: string };
    const patch = async (change: object) =>
      (
        await as.fetch(`/jobs/${own}`, {
          method: 'PATCH',
          headers: json,
          body: JSON.stringify(change),
        })
      ).status;
    expect(await patch({ workflow: { dagRunId: 'manual__1', state: 'success' } })).toBe(200);
    expect(await patch({ priority: 'high' })).toBe(403);
  });
});
