import type { TaskKind } from '../../shared/states.js';
import type { LaneName, Rank } from '../store/tasks.js';

/** Which lane a kind runs in: what computes for long, and what mostly reads and writes. */
const lanes: Readonly<Record<TaskKind, LaneName>> = {
  encode: 'cpu',
  audio: 'cpu',
  poster: 'cpu',
  probe: 'io',
  copy: 'io',
  subtitle: 'io',
  finish: 'io',
};

export function laneOf(kind: TaskKind): LaneName {
  return lanes[kind];
}

/** How urgent a task is by itself, when no viewer waits for it: beginnings, the rest, pictures. */
export function ownRank(kind: TaskKind, firstSegment: number): Exclude<Rank, 0> {
  if (kind === 'poster') return 3;
  if (kind === 'finish') return 2;
  return firstSegment === 0 ? 1 : 2;
}
