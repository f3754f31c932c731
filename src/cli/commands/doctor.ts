import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import { variantCodecs } from '../../shared/resolutions.js';
import type { CommonOptions, Define } from '../command.js';
import { apiClient, type Server } from '../api/client.js';
import { connect } from '../daemon/connect.js';
import type { Tools, ToolSettings } from '../../daemon/media/tools/find-tools.js';
import type { Deps } from '../deps.js';
import type { Check } from '../doctor/check.js';
import { checkAddresses } from '../doctor/addresses-check.js';
import { checkCodec } from '../doctor/codecs-check.js';
import { checkDaemon } from '../doctor/daemon-check.js';
import { checkDatabase } from '../doctor/database-check.js';
import { checkDisk } from '../doctor/disk-check.js';
import { checkHardwareEncoder, checkNeededEncoders } from '../doctor/encoders-check.js';
import { checkHoles } from '../doctor/ffmpeg-holes-check.js';
import { checkFfmpeg } from '../doctor/ffmpeg-check.js';
import { checkHome } from '../doctor/home-check.js';
import { checkInotify } from '../doctor/inotify-check.js';
import { checkLocalAuth } from '../doctor/local-auth-check.js';
import { checkNode } from '../doctor/node-check.js';
import { checkPort } from '../doctor/port-check.js';
import { checkSandbox } from '../doctor/sandbox-check.js';
import { checkService } from '../doctor/service-check.js';
import { checkToneMapping } from '../doctor/tone-map-check.js';
import { withExamples } from '../help/examples.js';
import { asKdramaError } from '../output/report-error.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { terminalHint } from '../output/terminal-hint.js';

export const defineDoctor: Define = (command: Command, choose) => {
  withExamples(
    command,
    ['kdrama doctor', 'what is well here, what is not, and what to do'],
    ['kdrama doctor --json | jq \'select(.level != "ok")\'', 'in a script'],
  ).action((options: CommonOptions) => choose(options, (deps) => runDoctor(options, deps)));
};

/**
 * Checks what kdrama needs here: a line each, with one thing to do. Exit code 1 when one fails. With
 * KDRAMA_HOST it says which lines are about this computer, and leaves those out that ask how a daemon
 * of this one is reached.
 */
export async function runDoctor(options: CommonOptions, deps: Deps): Promise<ExitCode> {
  let failed = false;
  const isRemote = Boolean(deps.env['KDRAMA_HOST']);
  if (isRemote && !options.json && !options.quiet) sayLine(deps, remoteWords(deps.env));
  for await (const check of checks(deps)) {
    // Ctrl-C in a terminal also ends the ffmpeg that is being tried: that is no finding.
    deps.signal.throwIfAborted();
    if (isRemote && ofLocalDaemon.includes(check.name)) continue;
    failed ||= check.level === 'fail';
    if (options.json) printJson(deps, check);
    else if (!options.quiet || check.level !== 'ok')
      checkLines(check).forEach((line) => printLine(deps, line));
  }
  return failed ? exitCodes.failed : exitCodes.ok;
}

/** Names of the checks that say how a daemon on this computer is started and reached. */
const ofLocalDaemon: readonly string[] = ['service', 'access', 'network', 'port'];

function remoteWords(env: Deps['env']): string {
  const host = safeText(env['KDRAMA_HOST'] ?? '');
  const left = ofLocalDaemon.join(', ');
  return `KDRAMA_HOST is ${host}: only the line "daemon" is about that computer, all others are about this one. Left out: ${left}.`;
}

async function* checks(deps: Deps): AsyncGenerator<Check> {
  yield checkNode(process.version);
  yield* checkHome(deps.home);
  yield await checkDatabase(openInMemory);
  yield* await checkService(deps);
  yield* await checkSandbox(deps.host.platform, deps.runProgram);
  yield* checkInotify();
  const running = await findDaemon(deps);
  yield running.check;
  if (running.server !== undefined) yield* checkLocalAuth(await isOpen(running.server, deps));
  yield* await configured(deps, running.isThere);
}

/** What depends on the configuration; one that cannot be read is itself the finding. */
async function configured(deps: Deps, isRunning: boolean): Promise<Check[]> {
  try {
    const { readConfig } = await import('../../daemon/config.js');
    const config = readConfig({ ...deps.env, KDRAMA_HOME: deps.home });
    const scheme = config.tlsCert === undefined ? 'http' : 'https';
    return [
      ...(await ffmpegChecks(config)),
      checkAddresses({ ...config.listen, scheme }, networkInterfaces()),
      await checkDisk(config.mediaDirectory ?? join(config.home, 'media')),
      ...(isRunning ? [] : checkLocalAuth(config.localAuth === 'open')),
      ...(isRunning ? [] : [await checkPort(config.listen)]),
    ];
  } catch (error) {
    return [failure('config', error)];
  }
}

async function ffmpegChecks(config: ToolSettings): Promise<Check[]> {
  const { describeTools } = await import('../../daemon/media/tools/find-tools.js');
  const { canToneMap } = await import('../../daemon/media/tools/tone-map.js');
  const candidates = await describeTools(config);
  const used = candidates.find(({ works }) => works);
  if (used === undefined) return [checkFfmpeg(candidates)];
  const { ffmpeg, ffprobe, version = '' } = used;
  return [
    checkFfmpeg(candidates),
    ...checkHoles(version),
    checkToneMapping(await canToneMap(ffmpeg)),
    ...(await encoderChecks({ ffmpeg, ffprobe, version })),
  ];
}

async function encoderChecks(tools: Tools): Promise<Check[]> {
  const { describeEncoders, missingEncoders, neededEncoders } =
    await import('../../daemon/media/encoders/describe.js');
  const { tryCodecs } = await import('../../daemon/media/encoders/codec-trial.js');
  const needed = checkNeededEncoders(neededEncoders, await missingEncoders(tools));
  if (needed.level !== 'ok') return [needed];
  const codecs = await tryCodecs(tools, variantCodecs);
  const hardware = await describeEncoders(tools);
  return [needed, ...codecs.map(checkCodec), ...hardware.map(checkHardwareEncoder)];
}

async function openInMemory(): Promise<void> {
  const { openDatabase } = await import('../../daemon/store/open.js');
  openDatabase(':memory:').close();
}

interface Found {
  readonly check: Check;
  readonly isThere: boolean;
  /** undefined: none that answers. */
  readonly server?: Server;
}

async function findDaemon(deps: Deps): Promise<Found> {
  try {
    const { server, health } = await connect(deps);
    return { check: checkDaemon({ url: server.url, health }), isThere: true, server };
  } catch (error) {
    const { code } = asKdramaError(error);
    const isRemote = Boolean(deps.env['KDRAMA_HOST']);
    if (code === 'DAEMON_UNREACHABLE' && !isRemote) {
      return { check: checkDaemon(undefined), isThere: false };
    }
    return { check: failure('daemon', error), isThere: true };
  }
}

/** The daemon itself knows best: is somebody without a token an admin there? */
async function isOpen(server: Server, deps: Deps): Promise<boolean> {
  const stranger = apiClient({ ...server, token: undefined }, deps.request, deps.signal);
  try {
    return (await stranger.whoAmI()).user.role === 'admin';
  } catch {
    return false;
  }
}

function failure(name: string, error: unknown): Check {
  const known = asKdramaError(error);
  const advice = terminalHint(known);
  const message = known.message.replaceAll(/\s+/g, ' ');
  return { name, level: 'fail', message, ...(advice === undefined ? {} : { advice }) };
}

const signs = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

/** Pure: `ok    node    v20.20.2`, and under what is not ok the one thing to do. */
export function checkLines({ name, level, message, advice }: Check): string[] {
  const line = `${signs[level]}  ${name.padEnd(10)}${safeText(message)}`;
  return advice === undefined ? [line] : [line, `      → ${safeText(advice)}`];
}
