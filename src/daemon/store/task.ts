import type { TaskKind, TaskState } from '../../shared/states.js';
import type { Failure } from './jobs.js';

/**
 * Where tasks wait. `gpu`: for a hardware encoder, or the CPU where none works. See
 * docs/decisions/0001-lanes.md and 0036-hardware-encoders.md.
 */
export const laneNames = ['cpu', 'io', 'gpu'] as const;
export type LaneName = (typeof laneNames)[number];

/** 0 a viewer waits · 1 beginnings · 2 the rest. */
export type Rank = 0 | 1 | 2;

export interface NewTask {
  readonly jobId: string;
  readonly kind: TaskKind;
  readonly lane: LaneName;
  readonly rank: Rank;
  /** When a viewer began to wait for it, in milliseconds: who has waited longest is served first. */
  readonly demandedAt?: number;
  /** Its job's, as a key of the claim's index: 0 high, 1 normal, 2 low. */
  readonly priority: number;
  readonly firstSegment: number;
  readonly segments: number;
  /** Ids. */
  readonly renditions: readonly string[];
}

export interface TaskRow extends Omit<NewTask, 'demandedAt'> {
  readonly id: number;
  readonly state: TaskState;
  /** Fencing token of the running attempt. */
  readonly attempt: string | null;
  /** Of 3: what the task itself reported. */
  readonly failures: number;
  /** Of 5: the daemon died while it ran and nothing new had been published. */
  readonly deaths: number;
  readonly error: Failure | null;
  readonly notBefore: number;
}

/** A task and the attempt that runs it: what every write of a running task must prove. */
export interface Ownership {
  readonly id: number;
  readonly attempt: string;
}

/** What an attempt leaves behind: how the row goes on. */
export interface TaskOutcome {
  readonly state: Exclude<TaskState, 'running'>;
  readonly failures: number;
  readonly deaths: number;
  readonly notBefore: number;
  readonly error: Failure | null;
}

/** The part of the plan that a row covers. */
export type TaskRange = Pick<TaskRow, 'firstSegment' | 'segments' | 'renditions'>;

/** As the table has it. */
export type Row = Omit<TaskRow, 'renditions' | 'error'> & {
  renditions: string;
  error: string | null;
};

export const columns = `id, job_id AS jobId, kind, state, lane, rank, priority,
  first_segment AS firstSegment, segments, renditions, attempt, failures, deaths, error,
  not_before AS notBefore`;

export function fromRow(row: Row): TaskRow {
  return {
    ...row,
    renditions: JSON.parse(row.renditions) as string[],
    error: row.error === null ? null : (JSON.parse(row.error) as Failure),
  };
}
