import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestDaemon } from '../../support/daemon.js';
import { videoBytes } from '../../support/file-bytes.js';
import { endlessTask } from '../../support/tasks.js';
import { uploadClient } from '../../support/upload-client.js';

test('an upload lives 24 hours; then it is 410, its bytes go, later it is forgotten', async () => {
  const clock = {
    ahead: 0,
    now: () => Date.now() + clock.ahead,
    monotonic: () => performance.now(),
  };
  const first = await startTestDaemon({ clock, runTask: endlessTask });
  const bytes = videoBytes(5000);
  const { uploadId } = await uploadClient(first).started({ totalSize: 5000, chunkSize: 5000 });
  clock.ahead = 24 * 3_600_000 - 1000;
  expect((await first.fetch(`/upload/${uploadId}`)).status).toBe(200);
  clock.ahead += 1000;
  expect((await first.fetch(`/upload/${uploadId}`)).status).toBe(410);
  expect((await uploadClient(first).chunk(uploadId, 0, bytes)).status).toBe(410);
  await first.stop();

  const second = await startTestDaemon({ home: first.home, clock, runTask: endlessTask });
  expect(await readdir(join(first.home, 'media/uploads'))).toEqual([]);
  expect((await second.fetch(`/upload/${uploadId}`)).status).toBe(410);
  await second.stop();

  clock.ahead += 25 * 3_600_000;
  const third = await startTestDaemon({ home: first.home, clock, runTask: endlessTask });
  expect((await third.fetch(`/upload/${uploadId}`)).status).toBe(404);
  await third.stop();
  await first.close();
});
