import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

const exec = promisify(execFile);
const deployed = fileURLToPath(new URL('../../../deploy/airflow', import.meta.url));
const standIn = fileURLToPath(new URL('stand-in', import.meta.url));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kdrama-test-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
});

async function start(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const daemon = await startTestDaemon({
    home,
    runTask: encodedEpisode(2).runTask,
    ...options,
  });
  onTestFinished(() => daemon.close());
  return daemon;
}

async function upload(daemon: TestDaemon): Promise<{ videoId: string; jobId: string }> {
  const body = new Uint8Array(videoBytes(5000));
  const response = await daemon.fetch('/upload?filename=Goblin.S01E03.mkv', {
    method: 'PUT',
    body,
  });
  const { videoId, transcodingJobId } = (await response.json()) as Record<string, string>;
  return { videoId: videoId ?? '', jobId: transcodingJobId ?? '' };
}

/** An API key as the README says to make it. */
async function keyOf(daemon: TestDaemon): Promise<string> {
  const response = await daemon.fetch('/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'airflow', role: 'admin', scopes: ['jobs', 'workflow'] }),
  });
  return ((await response.json()) as { token: string }).token;
}

/** Runs one DAG of kdrama_dag.py with stand-ins of Airflow's decorators. */
async function runDag(daemon: TestDaemon, dagId: string, conf: object, runId: string) {
  const { stdout } = await exec('python3', [join(deployed, 'kdrama_dag.py')], {
    env: {
      PATH: process.env['PATH'],
      PYTHONPATH: standIn,
      PYTHONDONTWRITEBYTECODE: '1',
      KDRAMA_URL: daemon.url,
      KDRAMA_TOKEN: await keyOf(daemon),
      DAG_ID: dagId,
      DAG_CONF: JSON.stringify(conf),
      DAG_RUN_ID: runId,
    },
  });
  return stdout;
}

const workflowOf = async (daemon: TestDaemon, path: string) =>
  ((await (await daemon.fetch(path)).json()) as { workflow: unknown }).workflow;

describe('kdrama_transcode', () => {
  test('submits, waits, reads the results and sets the workflow back', async () => {
    const daemon = await start();
    const { videoId } = await upload(daemon);
    const conf = { video_id: videoId, quality: 'medium' };
    const said = await runDag(daemon, 'kdrama_transcode', conf, 'manual__1');
    expect(said).toMatch(/^playlist: \/api\/stream\/.*\/hls\/master\.m3u8$/m);
    const jobs = (await (await daemon.fetch(`/jobs?videoId=${videoId}`)).json()) as {
      jobs: { jobId: string; workflow: { dagRunId: string } | null }[];
    };
    const job = jobs.jobs.find(({ workflow }) => workflow?.dagRunId === 'manual__1');
    expect(job?.workflow).toEqual({ dagRunId: 'manual__1', state: 'success' });
    expect(await workflowOf(daemon, `/api/job/${job?.jobId}`)).toEqual({
      dag_run_id: 'manual__1',
      state: 'success',
    });
  });

  test('says so at the job when that failed', async () => {
    const worker = encodedEpisode(2);
    const daemon = await start({ runTask: worker.runTask });
    worker.failAt = ({ task }) => {
      if (task.kind === 'encode') throw new Error('no');
    };
    const { videoId, jobId } = await upload(daemon);
    const said = await runDag(daemon, 'kdrama_transcode', { video_id: videoId }, 'manual__2');
    expect(said).toMatch(/^wait failed: JobEnded: TRANSCODE_FAILED/m);
    expect(said).toMatch(/^failed failed: RuntimeError/m);
    expect(await workflowOf(daemon, `/jobs/${jobId}`)).toEqual({
      dagRunId: 'manual__2',
      state: 'failed',
    });
  });
});

/**
 * POST /api/v2/dags/{dag_id}/dagRuns as Airflow 3 documents it: a bearer token; a strict body in
 * which logical_date must stand, null too; 200 with the run, 409 when there is one of this id.
 */
async function airflowStandIn() {
  const runs = new Map<string, object>();
  const refused: string[] = [];
  const fields = new Set(['dag_run_id', 'logical_date', 'conf', 'note', 'run_after']);
  let isHalfway = true;
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const answer = (status: number, body: object) => {
        if (status >= 300) refused.push(`${status} ${request.method} ${request.url} ${text}`);
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(body));
      };
      if (request.url !== '/api/v2/dags/kdrama_ended/dagRuns') return answer(404, {});
      if (request.method !== 'POST') return answer(405, {});
      if (request.headers.authorization !== 'Bearer hush') return answer(401, {});
      if (request.headers['content-type'] !== 'application/json') return answer(422, {});
      const body = JSON.parse(text) as { dag_run_id: string; conf: object };
      const isStrict = Object.keys(body).every((name) => fields.has(name));
      if (!isStrict || !('logical_date' in body)) return answer(422, {});
      if (runs.has(body.dag_run_id)) return answer(409, { detail: 'it exists' });
      runs.set(body.dag_run_id, body.conf);
      // The first answer is lost: the run is there, and nobody knows.
      if (isHalfway) {
        isHalfway = false;
        return response.destroy();
      }
      return answer(200, { ...body, dag_id: 'kdrama_ended', state: 'queued' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, runs, refused };
}

describe('webhook-template.json', () => {
  test('triggers one run of kdrama_ended for each job, though the first answer is lost', async () => {
    const airflow = await airflowStandIn();
    const template = await readFile(join(deployed, 'webhook-template.json'), 'utf8');
    const url = `http://127.0.0.1:${airflow.port}`;
    await writeFile(
      join(home, 'webhook-template.json'),
      template.replace('http://airflow.local:8080', url),
    );
    const daemon = await start({
      env: {
        KDRAMA_NOTIFY_TEMPLATE: 'webhook-template.json',
        KDRAMA_NOTIFY_ALLOW: '127.0.0.1',
        AIRFLOW_TOKEN: 'hush',
      },
      webhooks: {
        retry: { firstPauseMs: 10, longestPauseMs: 100, giveUpMs: 60_000 },
      },
    });
    const { jobId, videoId } = await upload(daemon);
    const deliveries = async () =>
      (
        (await (await daemon.fetch(`/jobs/${jobId}/deliveries`)).json()) as {
          deliveries: { state: string; attempts: number; lastStatus: number }[];
        }
      ).deliveries;
    await expect.poll(deliveries, { timeout: 30_000 }).toMatchObject([
      {
        type: 'job.completed',
        target: 'global',
        state: 'delivered',
        attempts: 2,
        lastStatus: 409,
      },
    ]);
    expect(airflow.refused).toHaveLength(1);
    const [[runId, conf] = ['', {}], ...others] = [...airflow.runs];
    expect(others).toEqual([]);
    expect(conf).toMatchObject({ job_id: jobId, video_id: videoId, status: 'completed' });

    const said = await runDag(daemon, 'kdrama_ended', conf, runId);
    expect(said).toContain('is completed');
    expect(await workflowOf(daemon, `/jobs/${jobId}`)).toEqual({
      dagRunId: runId,
      state: 'success',
    });
  });
});
