import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect, type Connection } from '../daemon/connect.js';
import { networkAddresses } from '../daemon/network-addresses.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { invitationUrl } from '../output/invitation.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface OpenOptions extends CommonOptions {
  /** Print an address that plays without signing in, and open nothing. */
  readonly url: boolean;
}

export const defineOpen: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama open', 'the library, in the browser'],
    ['mpv "$(kdrama open --url VIDEO)"', 'an episode, in a player'],
  )
    .argument('[video]', 'id of a video or job; without one, the library')
    .option('--url', 'print a signed address for mpv, VLC or a TV; good for 12 hours', false)
    .action((id: string | undefined, options: OpenOptions) =>
      choose(options, (deps) => runOpen(id, options, deps)),
    );
};

/**
 * Opens the library or a video in the browser, signed in, or prints an address that any player
 * opens. Throws STREAM_VIDEO_NOT_FOUND, VALIDATION_FAILED (--url without a video).
 */
export async function runOpen(
  id: string | undefined,
  options: OpenOptions,
  deps: Deps,
): Promise<ExitCode> {
  const connection = await connect(deps);
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

async function printStream(
  id: string | undefined,
  options: OpenOptions,
  { api, server }: Connection,
  deps: Deps,
): Promise<ExitCode> {
  if (id === undefined) {
    throw new KdramaError('VALIDATION_FAILED', 'expected the id of a video with --url', {
      hint: '"kdrama list" shows the ids.',
    });
  }
  const video = await api.video(id);
  const path = video.streamingUrls.hls;
  if (path === null) throw new KdramaError('STREAM_ACCESS_DENIED', id);
  const [base = server.url] = await networkAddresses(deps);
  const url = `${base}${path}`;
  if (options.json) printJson(deps, { videoId: video.id, url, playable: video.playable });
  else printLine(deps, url);
  if (!video.playable && !options.json && !options.quiet) {
    sayLine(deps, 'It is not playable yet; the address works as soon as it is.');
  }
  return exitCodes.ok;
}
