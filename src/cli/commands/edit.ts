import type { VideoChange } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { none, parseWholeOrNone, type NumberOrNone } from '../input/number-or-none.js';
import { episodeName } from '../output/episode-words.js';
import { printJson, printLine, sayLine } from '../output/say.js';

export interface EditOptions extends CommonOptions {
  readonly title?: string;
  readonly series?: string;
  readonly season?: NumberOrNone;
  readonly episode?: NumberOrNone;
  readonly description?: string;
}

export const defineEdit: Define = (command, choose) => {
  withExamples(
    command,
    ['kdrama edit VIDEO --series Rain --season 1 --episode 3', 'what its file name did not say'],
    ['kdrama edit VIDEO --episode none', 'when the file name misled'],
  )
    .argument('<video>', 'id of a video or a job')
    .option('--title <title>', 'what it is called')
    .option('--series <series>', "its series; '' for none")
    .option('--season <number>', 'a number, or none', parseWholeOrNone)
    .option('--episode <number>', 'a number, or none', parseWholeOrNone)
    .option('--description <text>', "what it is about; '' for nothing")
    .action((id: string, options: EditOptions) => {
      const change = changeOf(options);
      if (Object.keys(change).length === 0) command.error('error: say what to change');
      choose(options, (deps) => runEdit(id, change, options, deps));
    });
};

/** Names a video anew; what is not named stays. Prints its id. */
export async function runEdit(
  id: string,
  change: VideoChange,
  options: CommonOptions,
  deps: Deps,
): Promise<ExitCode> {
  const { api } = await connect(deps);
  const video = await api.editVideo((await api.video(id)).id, change);
  if (options.json) printJson(deps, video);
  else printLine(deps, video.id);
  if (!options.json && !options.quiet) sayLine(deps, `It is now ${episodeName(video)}.`);
  return exitCodes.ok;
}

const changeable = ['title', 'series', 'season', 'episode', 'description'] as const;

/** Pure: the part of the options that changes a video. */
export function changeOf(options: Omit<EditOptions, keyof CommonOptions>): VideoChange {
  const given = changeable.flatMap((key) => {
    const value = options[key];
    return value === undefined ? [] : [[key, value === none ? null : value] as const];
  });
  return Object.fromEntries(given);
}
