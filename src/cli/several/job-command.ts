import type { JobView, WorkView } from '../../shared/contract/index.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Api } from '../api/client.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples, type Example } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { forEachId } from './for-each-id.js';

/** What `--all` does. */
export interface ForAll {
  readonly about: string;
  readonly act: (api: Api) => Promise<WorkView>;
  readonly said: (work: WorkView) => string;
}

type Options = CommonOptions & { readonly all?: boolean };

/**
 * A command that asks the daemon for one thing for each of its jobs: prints their ids (or, as JSON,
 * the jobs) and tells the person about each in the words of `said`. With `all` also for everything.
 */
export function jobCommand(
  examples: readonly Example[],
  act: (api: Api, id: string) => Promise<JobView>,
  said: (title: string) => string,
  all?: ForAll,
): Define {
  return (command, choose) => {
    withExamples(command, ...examples).argument(
      all === undefined ? '<jobs...>' : '[jobs...]',
      'ids of jobs or videos',
    );
    if (all !== undefined) command.option('--all', all.about, false);
    command.action((ids: string[], options: Options) => {
      if (all !== undefined && options.all === ids.length > 0) {
        command.error('error: name jobs, or --all');
      }
      choose(options, async (deps) => {
        const { api } = await connect(deps);
        if (all !== undefined && options.all === true) return forAll(all, api, options, deps);
        return forEachId(ids, options, deps, async (id) => {
          const job = await act(api, id);
          if (options.json) return printJson(deps, job);
          printLine(deps, job.jobId);
          if (!options.quiet) sayLine(deps, said(safeText(job.title)));
        });
      });
    });
  };
}

async function forAll(all: ForAll, api: Api, options: Options, deps: Deps): Promise<ExitCode> {
  const work = await all.act(api);
  if (options.json) printJson(deps, work);
  else if (!options.quiet) sayLine(deps, all.said(work));
  return exitCodes.ok;
}
