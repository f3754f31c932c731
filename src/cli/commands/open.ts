import { Option } from 'commander';
import type { VideoView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect, type Connection } from '../daemon/connect.js';
import { networkAddresses } from '../daemon/network-addresses.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { invitationUrl } from '../output/invitation.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { signedStream } from '../player/signed-stream.js';
import { playerInstallHint, players, type Player } from '../player/start-player.js';

export interface OpenOptions extends CommonOptions {
  /** Print an address that plays without signing in, and open nothing. */
  readonly url: boolean;
  /** One file instead of a playlist; undefined: what suits the player. */
  readonly mp4?: boolean;
  /** Of this quality alone, as `availableQualities` names it. */
  readonly quality?: string;
  /** Start this instead of the browser. */
  readonly player?: Player;
}

export const defineOpen: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama open', 'the library, in the browser'],
    ['kdrama open --player mpv VIDEO', 'an episode, in a player'],
    ['mpv "$(kdrama open --url VIDEO)"', 'the same, also on another computer'],
    [
      'kdrama open --url --mp4 VIDEO',
      'for players that cannot seek in a playlist (mpv on ffmpeg 5.1)',
    ],
    ['mpv "$(kdrama open --url --quality 360p VIDEO)"', 'for players that begin with the best'],
  )
    .argument('[video]', 'id of a video or job; without one, the library')
    .option('--url', 'print a signed address for mpv, VLC or a TV; good for 12 hours', false)
    .option(
      '--mp4',
      'the address of one file with one sound instead of a playlist, once that is made',
    )
    .option(
      '--quality <name>',
      'with one of these, this quality alone: for example 360p, which is made soonest',
    )
    .addOption(new Option('--player <program>', 'start it with that address').choices(players))
    .action((id: string | undefined, options: OpenOptions) =>
      choose(options, (deps) => runOpen(id, options, deps)),
    );
};

/**
 * Opens the library or a video in the browser, signed in, or prints an address that any player
 * opens, or starts a player with it. Throws STREAM_VIDEO_NOT_FOUND, COMMAND_INVALID (no video where
 * one is needed), NOT_FOUND (no such player here).
 */
export async function runOpen(
  id: string | undefined,
  options: OpenOptions,
  deps: Deps,
): Promise<ExitCode> {
  refuseStray(options);
  const connection = await connect(deps);
  if (options.player !== undefined) return play(id, options.player, options, connection, deps);
  if (options.url) return printStream(id, options, connection, deps);
  const { api, server } = connection;
  const videoId = id === undefined ? undefined : (await api.video(id)).id;
  const { code } = await api.signInCode();
  const url = invitationUrl(server.url, code, videoId === undefined ? '' : `&watch=${videoId}`);
  const isOpen = !options.json && !options.quiet && (await deps.openBrowser(url));
  if (options.json) printJson(deps, { url, videoId: videoId ?? null });
  else if (!isOpen) printLine(deps, url);
  if (isOpen) sayLine(deps, 'Opened in the browser.');
  else if (!options.json && !options.quiet) {
    sayLine(deps, 'Found no browser here: open this address once within 10 minutes.');
  }
  return exitCodes.ok;
}

/** What is said of an address is of no use where the page is opened. */
function refuseStray({ url, player, mp4, quality }: OpenOptions): void {
  const stray = (mp4 === true && '--mp4') || (quality !== undefined && '--quality');
  if (url || player !== undefined || stray === false) return;
  throw new KdramaError('COMMAND_INVALID', `${stray} needs --url or --player`, {
    hint: 'The page chooses its quality itself.',
  });
}

async function printStream(
  id: string | undefined,
  options: OpenOptions,
  connection: Connection,
  deps: Deps,
): Promise<ExitCode> {
  const [base = connection.server.url] = await networkAddresses(deps);
  const { video, url } = await signedStream(id, '--url', base, connection, {
    asFile: options.mp4,
    quality: options.quality,
  });
  if (options.json) printJson(deps, { videoId: video.id, url, playable: video.playable });
  else printLine(deps, url);
  if (!options.json && !options.quiet) sayWhetherPlayable(video, deps);
  return exitCodes.ok;
}

/**
 * On this computer: by the address that this command uses itself. mpv gets one file where it can: with
 * ffmpeg 5.1 below it, and by mpv #15184 long after, it cannot seek in any playlist of fragmented MP4 beyond
 * what it has read.
 */
async function play(
  id: string | undefined,
  player: Player,
  options: OpenOptions,
  connection: Connection,
  deps: Deps,
): Promise<ExitCode> {
  const base = connection.server.url;
  const { video, url } = await signedStream(id, '--player', base, connection, {
    asFile: options.mp4 ?? (player === 'mpv' ? 'if-ready' : false),
    quality: options.quality,
  });
  const start = await deps.startPlayer(player, url);
  if (start.is === 'missing') {
    throw new KdramaError('NOT_FOUND', undefined, {
      message: `${player} is not installed here`,
      hint: playerInstallHint(player, process.platform),
    });
  }
  const isPlaying = start.is === 'playing';
  if (options.json) printJson(deps, { videoId: video.id, url, playable: video.playable });
  else if (!isPlaying) printLine(deps, url);
  if (!isPlaying) sayLine(deps, `${player} ended at once (${endWords(start.code)}).`);
  if (!isPlaying && !options.json && !options.quiet) {
    sayLine(deps, 'Run it yourself with this address to see why, or open it in another player.');
  }
  if (isPlaying && !options.json && !options.quiet) sayLine(deps, `Started ${player}.`);
  if (!options.json && !options.quiet) sayWhetherPlayable(video, deps);
  return isPlaying ? exitCodes.ok : exitCodes.failed;
}

function endWords(code: number | string): string {
  return typeof code === 'number' ? `exit code ${code}` : `signal ${code}`;
}

function sayWhetherPlayable({ playable }: VideoView, deps: Deps): void {
  if (!playable) sayLine(deps, 'It is not playable yet; the address works as soon as it is.');
}
