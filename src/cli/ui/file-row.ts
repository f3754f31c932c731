import { formatBytes, formatDuration, formatPercent, formatSpeed } from '../output/amounts.js';
import { timeLeft } from '../output/job-text.js';
import { safeText } from '../output/safe-text.js';
import { isMoving, stepWords, type MovingStep, type Step } from '../progress/step.js';

export interface LiveFile {
  readonly name: string;
  readonly step: Step;
  /** Bytes per second; null before it is known. */
  readonly bytesPerSecond: number | null;
}

/** What the live view says of one file. */
export interface FileRow {
  readonly mark: 'waiting' | 'moving' | 'done' | 'failed';
  readonly name: string;
  readonly words: string;
  /** 0 to 100; null where there is no bar. */
  readonly percent: number | null;
  readonly facts: readonly string[];
  /** Where it can be watched, as soon as it can. */
  readonly watch: string | null;
}

/** Pure: a file as words and numbers. `nowMs` is wall time, for what is left. */
export function fileRow(file: LiveFile, nowMs: number): FileRow {
  const row = { name: safeText(file.name), percent: null, facts: [], watch: null };
  const { step } = file;
  if (step.name === 'waiting') return { ...row, mark: 'waiting', words: 'waiting' };
  if (step.name === 'failed') return { ...row, mark: 'failed', words: safeText(step.message) };
  if (isMoving(step)) return { ...row, mark: 'moving', ...movingPart(step, file.bytesPerSecond) };
  return { ...row, ...makingPart(step, nowMs) };
}

function movingPart({ name, bytes, sizeBytes }: MovingStep, rate: number | null) {
  const moves = rate !== null && rate > 0;
  const pace = moves ? [`${formatBytes(rate)}/s`] : [];
  const words = stepWords[name];
  if (sizeBytes === null) return { words, facts: [formatBytes(bytes), ...pace] };
  const percent = (bytes / sizeBytes) * 100;
  const remaining = moves ? [left((sizeBytes - bytes) / rate)] : [];
  return { words, percent, facts: [formatPercent(percent), ...pace, ...remaining] };
}

function makingPart({ job, watch }: Extract<Step, { name: 'making' }>, nowMs: number) {
  const address = job.playable ? watch : null;
  if (job.status === 'completed') return { mark: 'done', words: 'ready', watch: address } as const;
  if (job.status !== 'processing') {
    return { mark: 'moving', words: job.status, watch: address } as const;
  }
  const remaining = timeLeft(job, nowMs);
  const facts = [
    formatPercent(job.progress),
    ...(job.speed === null ? [] : [formatSpeed(job.speed)]),
    ...(remaining === '' ? [] : [`${remaining} left`]),
  ];
  return {
    mark: 'moving',
    words: job.stage,
    percent: job.progress,
    facts,
    watch: address,
  } as const;
}

function left(seconds: number): string {
  return `${formatDuration(seconds)} left`;
}
