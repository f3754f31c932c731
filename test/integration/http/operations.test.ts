import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConfigView, Health, MetricsView } from '../../../src/shared/contract/index.js';
import { startTestDaemon, type TestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

const jwtSecret = 'a secret of the signed tokens, long enough';
let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon({
    runTask: endlessTask,
    env: {
      KDRAMA_JWT_SECRET: jwtSecret,
      KDRAMA_RETENTION_DAYS: '7',
      KDRAMA_NOTIFY_URL: 'https://hooks.example.com/services/hush?token=hush',
    },
  });
});
afterAll(() => daemon.close());

const open = (path: string) => fetch(`${daemon.url}${path}`);

describe('/health', () => {
  test('says how each part is; where they lie is for admins', async () => {
    const response = await open('/health');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    expect(text).not.toContain(daemon.home);
    const health = JSON.parse(text) as Health;
    expect(health).toMatchObject({ live: true, ready: true, pid: process.pid });
    expect(Object.keys(health.parts)).toEqual([
      'database',
      'mediaDirectory',
      'disk',
      'ffmpeg',
      'lanes',
    ]);
    expect(health.parts.database).toEqual({ status: 'ok' });
    const admin = (await (await daemon.fetch('/health')).json()) as Health;
    expect(admin.parts.mediaDirectory.detail).toContain(daemon.home);
    expect(admin.parts.lanes.detail).toMatch(/cpu: 0 of \d+ run, 0 wait/);
  });

  test('live and ready are status codes, under every prefix', async () => {
    for (const prefix of ['', '/api', '/api/v1']) {
      const live = await open(`${prefix}/health/live`);
      expect([live.status, await live.json()]).toEqual([200, { live: true }]);
      expect((await open(`${prefix}/health/ready`)).status).toBe(200);
    }
  });

  test('without its media directory it lives, and is not ready', async () => {
    const lost = await startTestDaemon({ runTask: endlessTask });
    try {
      await rm(join(lost.home, 'media', 'uploads'), { recursive: true });
      const ready = await fetch(`${lost.url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(ready.headers.get('retry-after')).toBe('5');
      expect(((await ready.json()) as Health).parts.mediaDirectory.status).toBe('fail');
      expect((await fetch(`${lost.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${lost.url}/health`)).status).toBe(200);
    } finally {
      await lost.close();
    }
  });
});

test('/metrics and /config are there without a prefix, too, for admins', async () => {
  for (const path of ['/metrics', '/config']) {
    expect((await open(path)).status).toBe(401);
    const headers = { authorization: `Bearer ${daemon.token}` };
    expect((await fetch(`${daemon.url}${path}`, { headers })).status).toBe(200);
  }
});

describe('/metrics', () => {
  const series = async (name: string) => {
    const { metrics } = (await (await daemon.fetch('/metrics')).json()) as MetricsView;
    return metrics.flatMap(({ values }) => values).filter((value) => value.name === name);
  };

  test('counts requests by route and status, never by address', async () => {
    await (await daemon.fetch('/jobs/some-job')).text();
    await (await daemon.fetch('/jobs/other-job')).text();
    await (await daemon.fetch('/no/such/path')).text();
    const requests = await series('kdrama_http_requests_total');
    expect(requests).toContainEqual({
      name: 'kdrama_http_requests_total',
      labels: { method: 'GET', route: '/jobs/:id', status: 404 },
      value: 2,
    });
    expect(JSON.stringify(requests)).not.toMatch(/some-job|no\/such/);
    const counts = await series('kdrama_http_request_duration_seconds_count');
    expect(counts).toContainEqual({
      name: 'kdrama_http_request_duration_seconds_count',
      labels: { method: 'GET', route: '/jobs/:id' },
      value: 2,
    });
  });

  test('says how things stand: jobs, lanes, bytes, disk, event loop, process', async () => {
    const states = (await series('kdrama_jobs')).map(({ labels }) => labels['state']);
    expect(states).toEqual(expect.arrayContaining(['submitted', 'processing', 'completed']));
    const lanes = await series('kdrama_lane_tasks');
    expect(lanes.map(({ labels }) => `${labels['lane']} ${labels['what']}`)).toEqual(
      expect.arrayContaining(['cpu slots', 'cpu running', 'cpu waiting', 'io slots']),
    );
    for (const { value } of await series('kdrama_http_bytes_total'))
      expect(value).toBeGreaterThan(0);
    expect(await series('kdrama_disk_bytes')).toHaveLength(3);
    for (const name of [
      'kdrama_event_listeners',
      'kdrama_videos',
      'nodejs_eventloop_lag_seconds',
      'process_resident_memory_bytes',
    ]) {
      expect(await series(name), name).toHaveLength(1);
    }
  });

  test('speaks the text of Prometheus to who asks for it', async () => {
    const text = async (path: string, accept: string) => {
      const response = await daemon.fetch(path, { headers: { accept } });
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
      return response.text();
    };
    const prometheus =
      'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';
    for (const body of [
      await text('/metrics', prometheus),
      await text('/metrics?format=prometheus', '*/*'),
    ]) {
      expect(body).toContain('# TYPE kdrama_http_requests_total counter');
      expect(body).toMatch(/^kdrama_lane_tasks\{lane="cpu",what="slots"\} \d+$/m);
      expect(body).toMatch(/^kdrama_http_request_duration_seconds_bucket\{le="\+Inf",.*\} \d+$/m);
    }
    const json = await daemon.fetch('/metrics?format=json', { headers: { accept: 'text/plain' } });
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('is for admins', async () => {
    expect((await open('/api/v1/metrics')).status).toBe(401);
    expect((await open('/api/v1/config')).status).toBe(401);
  });
});

test('/config says every value and where it comes from, and no secret', async () => {
  const response = await daemon.fetch('/config');
  const text = await response.text();
  expect(text).not.toContain(jwtSecret);
  expect(text).not.toContain('hush');
  const { home, settings } = JSON.parse(text) as ConfigView;
  expect(home).toBe(daemon.home);
  const setting = (key: string) => settings.find((each) => each.key === key);
  expect(setting('auth.jwtSecret')).toMatchObject({
    value: null,
    isSecret: true,
    isSet: true,
    origin: 'environment',
  });
  expect(setting('notify.url')).toMatchObject({ value: 'https://hooks.example.com/…' });
  expect(setting('notify.secret')).toMatchObject({ value: null, isSecret: true, isSet: false });
  expect(setting('jobs.retentionDays')).toMatchObject({
    value: 7,
    env: 'KDRAMA_RETENTION_DAYS',
    origin: 'environment',
  });
  expect(setting('upload.maxBytes')).toMatchObject({ value: 2 * 1024 ** 3, origin: 'default' });
  expect(setting('listen')).toMatchObject({ value: '127.0.0.1:0' });
});
