import type { VideoView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { exitCodeOfSeveral } from '../exit-code.js';
import { withExamples } from '../help/examples.js';
import { confirm } from '../input/confirm.js';
import { episodeName } from '../output/episode-words.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { forEachId } from '../several/for-each-id.js';

export interface RmOptions extends CommonOptions {
  /** Of videos or of their jobs. */
  readonly ids: readonly string[];
  readonly yes: boolean;
}

export const defineRm: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama rm VIDEO', 'asks first'],
    ['kdrama list -q --series Rain | xargs kdrama rm --yes', 'a whole series'],
  )
    .argument('<videos...>', 'ids of videos or jobs')
    .option('-y, --yes', 'do not ask', false)
    .action((ids: string[], options: Omit<RmOptions, 'ids'>) =>
      choose(options, (deps) => runRm({ ...options, ids }, deps)),
    );
};

/**
 * Deletes videos with everything that was made of them, their sources too, after asking once for all
 * of them. Prints the ids of those that are gone.
 */
export async function runRm(options: RmOptions, deps: Deps): Promise<ExitCode> {
  const { api } = await connect(deps);
  const videos = new Map<string, VideoView>();
  const found = await forEachId(options.ids, options, deps, async (id) => {
    const video = await api.video(id);
    videos.set(video.id, video);
  });
  if (videos.size === 0) return found;
  if (!options.yes && !(await confirm(question([...videos.values()]), deps))) {
    sayLine(deps, 'Nothing was removed.');
    return exitCodes.failed;
  }
  const removed = await forEachId([...videos.keys()], options, deps, async (id) => {
    await api.removeVideo(id);
    if (options.json) printJson(deps, { videoId: id, removed: true });
    else printLine(deps, id);
  });
  return found === exitCodes.ok ? removed : exitCodeOfSeveral([found, removed]);
}

function question(videos: readonly VideoView[]) {
  const [first = '', ...more] = videos.map(episodeName);
  const list = [first, ...more].map((name) => `  ${name}\n`).join('');
  const text =
    more.length === 0
      ? `Remove ${first} with everything made of it, the source too?`
      : `${list}Remove these ${videos.length} with everything made of them, the sources too?`;
  return { text, option: '--yes' };
}
