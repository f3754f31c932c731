import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import type { Chapter } from '../../../src/shared/chapters.js';
import { toTicks } from '../../../src/shared/time.js';
import { cliDeps } from '../../support/cli-deps.js';
import { startTestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { webhookTarget } from '../../support/webhook-target.js';
import { encodedEpisode } from '../jobs/scripted-worker.js';

const chapters: readonly Chapter[] = [
  { startTicks: 0, endTicks: toTicks(6), title: 'Opening' },
  { startTicks: toTicks(6), endTicks: toTicks(12), title: '\u001b[2J본편' },
];

test('kdrama show prints names, source, renditions with why, and webhooks', async () => {
  const target = await webhookTarget((_webhook, response) => response.writeHead(410).end());
  const worker = encodedEpisode(2);
  const daemon = await startTestDaemon({
    runTask: async (task, ports) => {
      const result = await worker.runTask(task, ports);
      return result.kind === 'probe' ? { ...result, chapters } : result;
    },
    env: { KDRAMA_NOTIFY_ALLOW: '127.0.0.1' },
  });
  onTestFinished(() => daemon.close());
  const kdrama = async (...words: string[]) => {
    const deps = cliDeps({ home: daemon.home });
    return { exit: await run(words, deps), out: deps.out(), err: deps.err() };
  };
  const query = new URLSearchParams({
    filename: 'goblin.mkv',
    title: 'The \u001b[2Jend',
    series: 'Goblin',
    season: '1',
    episode: '16',
    notifyUrl: `${target.url}?key=secret`,
  });
  const body = new Uint8Array(videoBytes(5000));
  const uploaded = await daemon.fetch(`/upload?${query}`, { method: 'PUT', body });
  const { videoId } = (await uploaded.json()) as { videoId: string };
  await kdrama('wait', videoId, '-q');
  await expect
    .poll(async () => (await kdrama('show', videoId)).out, { timeout: 30_000 })
    .toMatch(/gone/);

  const shown = await kdrama('show', videoId);
  expect(shown.exit, shown.err).toBe(0);
  for (const words of [
    /^Series: +Goblin$/m,
    /^Episode: +S01E16$/m,
    /^File: +goblin\.mkv$/m,
    /^Title: +The \\u001b\[2Jend$/m,
    /^State: +ready$/m,
    /^720p +encoded +2\/2 .* scripted$/m,
    /^video\.playable +gone +\d/m,
    /^0:00 +Opening$/m,
    /^0:06 +\\u001b\[2J본편$/m,
    /HTTP 410/,
  ]) {
    expect(shown.out).toMatch(words);
  }
  expect(shown.out).not.toContain('secret');
  const json = JSON.parse((await kdrama('show', videoId, '--json')).out) as object;
  expect(json).toMatchObject({
    video: { id: videoId, series: 'Goblin' },
    job: { videoId, status: 'completed', renditions: expect.any(Array) as unknown },
    deliveries: [{ type: 'video.playable', state: 'gone' }],
  });
  expect((await kdrama('show', videoId, '-q')).out).toBe(`${videoId}\n`);
  expect((await kdrama('show', 'nothere')).exit).toBe(3);
  expect((await kdrama('token', 'show', '--webhook')).out).toMatch(/^whsec_[A-Za-z0-9+/]{43}=\n$/);
});
