import type { JobSettings, Ladder, Workflow } from '../../shared/contract/index.js';
import type { TaskKind } from '../../shared/states.js';

/** Why a job failed, as its view shows it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** What encoded the chunks of a job, as its view shows it. */
export interface JobEncoding {
  readonly encoders: readonly { readonly name: string; readonly chunks: number }[];
  /** What of the hardware did not do its part: in how many chunks, and why the last time. */
  readonly failures: readonly {
    readonly part: string;
    readonly chunks: number;
    readonly reason: string;
  }[];
}

export interface Job {
  readonly id: string;
  readonly videoId: string;
  /** null until probed. */
  readonly planId: string | null;
  readonly settings: JobSettings;
  /** 0 high, 1 normal, 2 low. */
  readonly priority: number;
  readonly paused: boolean;
  readonly cancelledAt: number | null;
  readonly failure: Failure | null;
  /** High-water mark, 0 to 100. */
  readonly progress: number;
  /** Id of the user who asked for it; `local` is the admin of this machine. */
  readonly owner: string;
  readonly workflow: Workflow | null;
  /** Asked for a hardware encoder. */
  readonly useGpu: boolean;
  /** null until a chunk was made for which hardware was asked for. */
  readonly encoding: JobEncoding | null;
  readonly createdAt: number;
  /** When its first task, the probe, was claimed. */
  readonly startedAt: number | null;
  /** When its first task after the probe was claimed. */
  readonly workedAt: number | null;
  readonly playableAt: number | null;
  readonly completedAt: number | null;
}

export type NewJob = Pick<
  Job,
  'id' | 'videoId' | 'settings' | 'priority' | 'owner' | 'workflow' | 'useGpu' | 'createdAt'
>;

/** A job with what lists show beside it, read without looking at each of its tasks. */
export interface JobOverview extends Job {
  readonly title: string;
  readonly runningKinds: readonly TaskKind[];
  /** What is claimed next, or was given up; only known of a job that was worked at and is not complete. */
  readonly nextKind: TaskKind | null;
}

/** As the table has it. */
export interface Row {
  id: string;
  video_id: string;
  plan_id: string | null;
  settings: string;
  ladder: Ladder;
  priority: number;
  paused: number;
  cancelled_at: number | null;
  failure: string | null;
  progress: number;
  owner: string;
  workflow: string | null;
  use_gpu: number;
  encoding: string | null;
  created_at: number;
  started_at: number | null;
  worked_at: number | null;
  playable_at: number | null;
  completed_at: number | null;
}
export type OverviewRow = Row & {
  title: string;
  running_kinds: string | null;
  next_kind: string | null;
};

/**
 * What a plan follows from. Equal text is one plan: the column is part of a unique key. Whether all of
 * a plan is made at once or on demand is no part of it.
 */
export function settingsText({
  segmentDurationSeconds,
  topRendition,
  rungs,
  ladder,
  loudness,
  burnSubtitles,
  crf,
  preset,
}: JobSettings): string {
  const isCopyOnly = ladder === 'copy' || undefined;
  const picture = { topRendition, rungs, isCopyOnly };
  return JSON.stringify({
    ...{ segmentDurationSeconds, ...picture, loudness, burnSubtitles, crf, preset },
  });
}

function settingsOf({ settings, ladder }: Pick<Row, 'settings' | 'ladder'>): JobSettings {
  const { isCopyOnly: _, ...plan } = JSON.parse(settings) as JobSettings & { isCopyOnly?: true };
  return { ...plan, ladder };
}

export function fromRow(row: Row): Job {
  return {
    id: row.id,
    videoId: row.video_id,
    planId: row.plan_id,
    settings: settingsOf(row),
    priority: row.priority,
    paused: row.paused === 1,
    cancelledAt: row.cancelled_at,
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure),
    progress: row.progress,
    owner: row.owner,
    workflow: row.workflow === null ? null : (JSON.parse(row.workflow) as Workflow),
    useGpu: row.use_gpu === 1,
    encoding: row.encoding === null ? null : (JSON.parse(row.encoding) as JobEncoding),
    createdAt: row.created_at,
    startedAt: row.started_at,
    workedAt: row.worked_at,
    playableAt: row.playable_at,
    completedAt: row.completed_at,
  };
}

export function fromOverviewRow(row: OverviewRow): JobOverview {
  return {
    ...fromRow(row),
    title: row.title,
    runningKinds: (row.running_kinds?.split(',') ?? []) as TaskKind[],
    nextKind: row.next_kind as TaskKind | null,
  };
}
