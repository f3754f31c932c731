import type { JobView, Ladder, RenditionView } from '../../shared/contract/index.js';
import { formatBytes, formatDuration, formatPercent, formatSpeed } from './amounts.js';
import { stateWords, watchAddress } from './episode-words.js';
import { localTime } from './local-time.js';
import { safeText } from './safe-text.js';
import { alignedLines, type Table } from './table.js';

/** One row a job: what runs and waits. */
export function jobTable(jobs: readonly JobView[], nowMs: number): Table {
  return {
    headings: ['JOB', 'STATE', 'STAGE', 'SPEED', 'LEFT', 'TITLE'],
    rows: jobs.map((job) => [
      job.jobId,
      stateWords(job),
      job.stage,
      job.speed === null ? '' : formatSpeed(job.speed),
      timeLeft(job, nowMs),
      safeText(job.title),
    ]),
  };
}

/** Everything about one job, for a person; a part that is not known is left out. */
export function jobLines(job: JobView, serverUrl: string, nowMs: number): string[] {
  const facts: [string, string | null][] = [
    ['Title', safeText(job.title)],
    ['Job', job.jobId],
    ['Video', job.videoId],
    ['State', stateWords(job)],
    ['Stage', `${job.stage}, ${formatPercent(job.progress)}`],
    ['Speed', job.speed === null ? null : formatSpeed(job.speed)],
    ['Left', timeLeft(job, nowMs) || null],
    ['Priority', job.priority],
    ['Ladder', ladderWords[job.ladder] ?? null],
    ['Setback', safeText(setbackWords(job, nowMs)) || null],
    ['Encoder', safeText(encodingWords(job)) || null],
    ['Added', localTime(job.createdAt)],
    ['Started', job.startTime && localTime(job.startTime)],
    ['Playable', job.playableAt && localTime(job.playableAt)],
    ['Ready', job.completedAt && localTime(job.completedAt)],
    ['Error', job.error && safeText(`${job.error.code}: ${job.error.message}`)],
    ['Watch', job.playable ? watchAddress(serverUrl, job.videoId) : null],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== null);
  return known.map(([name, value]) => `${`${name}:`.padEnd(10)}${value}`);
}

/** What did not come out and is tried again by itself; a daemon of before said nothing of it. */
export function setbackWords({ setback }: Pick<JobView, 'setback'>, nowMs: number): string {
  if (!setback) return '';
  const { message, failures, attempts, nextTry } = setback;
  const waitMs = nextTry === null ? 0 : Date.parse(nextTry) - nowMs;
  const again = waitMs > 0 ? `again in ${formatDuration(waitMs / 1000)}` : 'trying again';
  return `${message}; ${failures} of ${attempts} tries failed, ${again}`;
}

/**
 * What encodes a job that asked for hardware, and what of that did not do its part. A daemon of before
 * there was such a thing says nothing.
 */
export function encodingWords({ encoding }: Pick<JobView, 'encoding'>): string {
  if (!encoding) return '';
  const { encoders, failures } = encoding;
  const made = encoders.map(({ name, chunks }) => `${name} (${countChunks(chunks)})`).join(', ');
  const missed = failures.map(
    ({ part, chunks, reason }) => `${part} not in ${countChunks(chunks)}: ${reason}`,
  );
  const isCpuAlone = encoders.every(({ name }) => name === 'libx264') && failures.length === 0;
  const why = isCpuAlone ? ['no hardware works here, "kdrama doctor" says why'] : missed;
  return [made, ...why].join('; ');
}

function countChunks(chunks: number): string {
  return chunks === 1 ? '1 chunk' : `${chunks} chunks`;
}

/** A daemon of before there were ladders says nothing of them, and neither do we. */
const ladderWords: Readonly<Record<Ladder, string | null>> = {
  full: null,
  'on-demand': 'on demand: what is encoded is made when someone watches it',
  copy: 'copy: only what can be copied',
};

/** Each rendition with why it is copied or encoded. */
export function renditionLines(renditions: readonly RenditionView[], columns: number): string[] {
  if (renditions.length === 0) return [];
  const headings = ['RENDITION', 'MADE', 'SEGMENTS', 'SIZE', 'PICTURE', 'LANGUAGE', 'BECAUSE'];
  const rows = renditions.map((rendition) => [
    rendition.name,
    rendition.onDemand ? 'on demand' : rendition.method,
    `${rendition.segmentsDone}/${rendition.segments}`,
    formatBytes(rendition.bytes),
    rendition.width === null ? '' : `${rendition.width}×${rendition.height}`,
    rendition.language ?? '',
    safeText(rendition.reason),
  ]);
  return alignedLines({ headings, rows }, columns);
}

/** Until the estimated end, `0:40`; empty when nobody knows. */
export function timeLeft(job: Pick<JobView, 'estimatedCompletion'>, nowMs: number): string {
  if (job.estimatedCompletion === null) return '';
  return formatDuration((Date.parse(job.estimatedCompletion) - nowMs) / 1000);
}
