import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { run } from '../../../src/cli/main.js';
import { cliDeps } from '../../support/cli-deps.js';
import { daemonDouble, jobView } from '../../support/daemon-double.js';

test('stop --drain says that it waits, and how many jobs go on at the next start', async () => {
  const deps = cliDeps();
  // Stands for the daemon's process, which ends when it is told to.
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  let isDraining = false;
  const double = await daemonDouble(
    deps.home,
    ({ path }) => {
      if (path === '/work/drain') isDraining = true;
      // One job is done with its last task.
      else if (isDraining) setTimeout(() => child.kill('SIGKILL'), 100);
      const jobs = isDraining ? [jobView()] : [jobView(), jobView({ jobId: 'job2' })];
      return { body: path === '/work/drain' ? { state: 'draining', until: null } : { jobs } };
    },
    { pid: child.pid ?? 0 },
  );
  expect(await run(['stop', '--drain'], deps)).toBe(0);
  await double.close();
  expect(deps.err()).toMatch(
    /^Waits until the tasks that run have ended.*\nStopped \(pid \d+\)\.\n1 job goes on at the next start\.\n$/,
  );
  expect(double.requests()).toContain('GET /jobs?status=processing,queued,submitted');
});
