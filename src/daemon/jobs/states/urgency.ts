import type { TaskKind } from '../../../shared/states.js';
import type { LaneName, Rank, TaskRange } from '../../store/tasks.js';

/** Which lane a kind runs in: what computes for long, and what mostly reads and writes, or takes a moment. */
const lanes: Readonly<Record<TaskKind, LaneName>> = {
  encode: 'cpu',
  audio: 'cpu',
  poster: 'cpu',
  probe: 'io',
  copy: 'io',
  subtitle: 'io',
  storyboard: 'io',
  finish: 'io',
};

/** `useGpu`: its job asks for a hardware encoder. */
export function laneOf(kind: TaskKind, useGpu = false): LaneName {
  return useGpu && kind === 'encode' ? 'gpu' : lanes[kind];
}

/** Where a few segments of it are made for one who waits: sound beside the picture, not behind it. */
export function laneOfFew(kind: TaskKind, useGpu = false): LaneName {
  return kind === 'audio' ? 'io' : laneOf(kind, useGpu);
}

/**
 * How urgent a task is by itself, when no viewer waits for it: beginnings, then the rest. What
 * computes is a beginning only as a single segment: anything longer would hold up the others'.
 */
export function ownRank(kind: TaskKind, range: TaskRange): Exclude<Rank, 0> {
  if (isOfWhole(kind) || range.firstSegment > 0) return 2;
  return laneOf(kind) === 'cpu' && range.segments > 1 ? 2 : 1;
}

/** Nobody waits for these. */
function isOfWhole(kind: TaskKind): boolean {
  return kind === 'poster' || kind === 'storyboard' || kind === 'finish';
}
