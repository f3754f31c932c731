import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestDaemon } from '../../support/daemon.js';
import { endlessTask } from '../../support/tasks.js';

test('a second daemon for the same home is DAEMON_RUNNING and harms nothing', async () => {
  const first = await startTestDaemon({ runTask: endlessTask });
  await expect(startTestDaemon({ home: first.home })).rejects.toMatchObject({
    code: 'DAEMON_RUNNING',
  });
  expect((await first.fetch('/videos')).status).toBe(200);
  await first.close();
});

test('a port that is taken is PORT_IN_USE, and the home is free again', async () => {
  const first = await startTestDaemon({ runTask: endlessTask });
  const second = await startTestDaemon({ runTask: endlessTask });
  await second.stop();
  const listen = first.url.replace('http://', '');
  const again = startTestDaemon({ home: second.home, env: { KDRAMA_LISTEN: listen } });
  await expect(again).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  const third = await startTestDaemon({ home: second.home, runTask: endlessTask });
  await third.stop();
  await second.close();
  await first.close();
});

test('stopping removes daemon.json, and the token stays', async () => {
  const daemon = await startTestDaemon({ runTask: endlessTask });
  await daemon.stop();
  expect(existsSync(join(daemon.home, 'daemon.json'))).toBe(false);
  const again = await startTestDaemon({ home: daemon.home, runTask: endlessTask });
  expect(again.token).toBe(daemon.token);
  await again.stop();
  await daemon.close();
});
