import type { Context } from 'hono';
import type { JobResults, JobView } from '../../../shared/contract/index.js';
import { outputsOf } from '../../library/outputs.js';
import type { Layout } from '../../layout.js';
import type { Catalogue } from '../../library/catalogue.js';
import type { Store } from '../../store/store.js';
import type { AppEnv } from '../env.js';
import { jobJson, unfinishedAnswer } from './job-answers.js';
import type { JobWatch } from './await-job.js';
import type { Jobs } from '../../jobs/service.js';

export interface ResultParts extends JobWatch {
  readonly jobs: Jobs;
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly layout: Layout;
}

/** Where everything that a job made is fetched; 202 while it is being made, 409 when it failed. */
export function resultsAnswer(c: Context<AppEnv>, parts: ResultParts, job: JobView): Response {
  if (job.status !== 'completed') return unfinishedAnswer(c, job);
  c.header('Cache-Control', 'no-store');
  const { video } = parts.catalogue.get(job.videoId);
  const outputs = outputsOf(parts.store, video, parts.store.jobs.find(job.jobId)?.planId ?? null);
  const at = (path: string) => `${c.get('prefix')}${path}`;
  const isAdmin = c.get('viewer')?.role === 'admin';
  return jobJson(c, {
    jobId: job.jobId,
    status: 'completed',
    outputDir: isAdmin ? parts.layout.video(video.id) : null,
    files: {
      playlist: at(outputs.playlist),
      poster: outputs.poster === null ? null : at(outputs.poster),
      storyboard: outputs.storyboard === null ? null : at(outputs.storyboard),
      metadata: at(outputs.metadata),
      subtitles: outputs.subtitles.map(at),
      mp4: Object.fromEntries(Object.entries(outputs.mp4).map(([name, path]) => [name, at(path)])),
    },
    minioUrls: {},
  } satisfies JobResults);
}
