import type { SubtitleView } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { exitCodes, type ExitCode } from '../../shared/exit.js';
import type { Api } from '../api/client.js';
import type { CommonOptions, Define } from '../command.js';
import { connect } from '../daemon/connect.js';
import type { Deps } from '../deps.js';
import { withExamples } from '../help/examples.js';
import { chapterLines } from '../output/chapter-text.js';
import { deliveryLines } from '../output/delivery-text.js';
import { jobLines, renditionLines } from '../output/job-text.js';
import { columnsOf, printJson, printLine, printParts } from '../output/say.js';
import { subtitleLines } from '../output/subtitle-text.js';
import { videoLines } from '../output/video-text.js';

export interface ShowOptions extends CommonOptions {
  /** Of a job or a video. */
  readonly id: string;
}

export const defineShow: Define = (command, choose) => {
  withExamples(command, ['kdrama show VIDEO', 'an episode, by its id from "kdrama list"'])
    .argument('<id>', 'id of a job or a video')
    .action((id: string, options: CommonOptions) =>
      choose(options, (deps) => runShow({ ...options, id }, deps)),
    );
};

/**
 * Prints everything about a video: its names and source, how its job stands, each rendition with why
 * it is copied or encoded, its subtitles and chapters, and what became of each webhook. With `quiet` the id of the video.
 */
export async function runShow({ id, json, quiet }: ShowOptions, deps: Deps): Promise<ExitCode> {
  const { api, server } = await connect(deps);
  const job = await api.job(id);
  const [video, deliveries, subtitles] = await Promise.all([
    api.video(job.videoId),
    api.deliveries(job.jobId),
    subtitlesOf(job.videoId, api),
  ]);
  if (json) printJson(deps, { video, job, deliveries, subtitles });
  else if (quiet) printLine(deps, video.id);
  else {
    const now = deps.clock.now();
    const columns = columnsOf(deps.stdout);
    printParts(deps, [
      videoLines(video),
      jobLines(job, server.url, now),
      renditionLines(job.renditions, columns),
      subtitleLines(subtitles, columns),
      chapterLines(video, columns),
      deliveryLines(deliveries, columns),
    ]);
  }
  return exitCodes.ok;
}

/** A daemon of before this knows none. */
async function subtitlesOf(
  videoId: string,
  api: Pick<Api, 'subtitles'>,
): Promise<readonly SubtitleView[]> {
  return api.subtitles(videoId).catch((error: unknown) => {
    if (error instanceof KdramaError && error.code === 'NOT_FOUND') return [];
    throw error;
  });
}
