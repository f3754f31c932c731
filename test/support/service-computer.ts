import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../src/cli/host/host.js';
import { cliDeps, temporaryDirectory } from './cli-deps.js';
import { daemonDouble } from './daemon-double.js';

let close: readonly (() => Promise<void>)[] = [];

/** Ends the daemons of all such computers. */
export async function closeComputers(): Promise<void> {
  for (const each of close) await each();
  close = [];
}

/** A daemon of this home, until closeComputers. */
export async function serving(home: string, pid: number): Promise<void> {
  const daemon = await daemonDouble(home, () => ({ body: {} }), { pid });
  close = [...close, () => daemon.close()];
}

/** As after "kdrama stop". */
export async function stopped(home: string): Promise<void> {
  await closeComputers();
  rmSync(join(home, 'daemon.json'));
}

/** Of `systemctl show` and `launchctl print` at once. */
export const running =
  'ActiveState=active\nSubState=running\nMainPID=4711\nstate = running\npid = 4711\n';
export const ended = 'ActiveState=inactive\nSubState=dead\nMainPID=0\nstate = not running\n';
export const failed =
  'ActiveState=failed\nSubState=failed\nMainPID=0\nExecMainCode=1\nExecMainStatus=2\n';

const said = 'kdrama: The configuration is not valid: no (CONFIG_INVALID)\n  Correct it.\n';

/**
 * A user with a kdrama, and a computer that notes what it is asked to run; its service serves
 * from when it is started.
 */
export function computer(
  facts: Partial<Host> = {},
  fails: (line: string) => boolean = () => false,
) {
  const user = temporaryDirectory();
  // Not there yet: launchd would make it for all to read, to put the log there.
  const home = join(user, 'library');
  const [program, node] = [join(user, 'bin', 'kdrama'), join(user, 'node20', 'node')];
  for (const file of [program, node]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
  }
  const ran: string[] = [];
  const service = { state: ended, onStart: running };
  const serve = async () => {
    service.state = service.onStart;
    if (service.state !== running) return;
    await serving(home, 4711);
  };
  const deps = cliDeps({
    home,
    env: { PATH: '/nowhere' },
    host: {
      platform: 'linux',
      userHome: user,
      userName: 'mina',
      userId: 501,
      program,
      node,
      ...facts,
    },
    runProgram: async (file, args) => {
      const line = [file, ...args].join(' ');
      if (!isQuestion(line)) ran.push(line);
      if (fails(line)) return { exitCode: 1, stdout: '', stderr: 'no bus\n' };
      if (/ (restart|start|bootstrap|kickstart) /.test(line)) await serve();
      const stdout = line.startsWith('journalctl') ? said : service.state;
      return { exitCode: 0, stdout, stderr: '' };
    },
  });
  return { deps, ran, user, home, service };
}

function isQuestion(line: string): boolean {
  return / (show|show-environment|print) /.test(`${line} `) || line.startsWith('journalctl');
}
