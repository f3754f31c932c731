import type { JobView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import { withExamples, type Example } from '../help/examples.js';
import { safeText } from '../output/safe-text.js';
import { printJson, printLine, sayLine } from '../output/say.js';
import { forEachId } from './for-each-id.js';

/**
 * A command that asks the daemon for one thing for each of its jobs: prints their ids (or, as JSON,
 * the jobs) and tells the person about each in the words of `said`.
 */
export function jobCommand(
  examples: readonly Example[],
  act: (api: Api, id: string) => Promise<JobView>,
  said: (title: string) => string,
): Define {
  return (command, choose) => {
    withExamples(command, ...examples)
      .argument('<jobs...>', 'ids of jobs or videos')
      .action((ids: string[], options: CommonOptions) =>
        choose(options, async (deps) => {
          const { api } = await connect(deps);
          return forEachId(ids, options, deps, async (id) => {
            const job = await act(api, id);
            if (options.json) return printJson(deps, job);
            printLine(deps, job.jobId);
            if (!options.quiet) sayLine(deps, said(safeText(job.title)));
          });
        }),
      );
  };
}
