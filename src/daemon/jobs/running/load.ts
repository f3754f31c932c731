import { jobStates, type JobState } from '../../../shared/states.js';
import type { CensusStore, JobGroup } from '../../store/census.js';
import type { LaneName } from '../../store/tasks.js';
import { jobState } from '../states/job-states.js';
import type { Lane } from './lanes.js';

export interface LaneLoad {
  readonly lane: LaneName;
  readonly slots: number;
  readonly running: number;
  readonly waiting: number;
}

/** How much there is to do, for those who watch over the daemon. */
export interface JobLoad {
  lanes(): LaneLoad[];
  byState(): Record<JobState, number>;
}

/** Hardware encoders count as one lane, which is there where one works. */
export function jobLoad(census: CensusStore, lanes: () => readonly Lane[]): JobLoad {
  return {
    lanes() {
      const [waiting, running] = [census.waitingTasks(), census.runningTasks()];
      const hardware = lanes().filter(({ encoder }) => encoder !== undefined);
      const loadOf = (lane: LaneName, slots: number, kept: readonly LaneName[]): LaneLoad => ({
        ...{ lane, slots },
        running: sumOf(running, kept),
        waiting: sumOf(waiting, kept),
      });
      const own = lanes().filter(({ encoder }) => encoder === undefined);
      return [
        ...own.map(({ name, slots }) => {
          const isCpuForAll = name === 'cpu' && hardware.length === 0;
          return loadOf(name as LaneName, slots, isCpuForAll ? ['cpu', 'gpu'] : [name as LaneName]);
        }),
        ...(hardware.length === 0 ? [] : [loadOf('gpu', slotsOfAll(hardware), ['gpu'])]),
      ];
    },
    byState: () => countStates(census.jobs()),
  };
}

function sumOf(counts: ReadonlyMap<LaneName, number>, lanes: readonly LaneName[]): number {
  return lanes.reduce((sum, lane) => sum + (counts.get(lane) ?? 0), 0);
}

function slotsOfAll(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { slots }) => sum + slots, 0);
}

export function countStates(groups: readonly JobGroup[]): Record<JobState, number> {
  const counts = Object.fromEntries(jobStates.map((state) => [state, 0]));
  for (const group of groups) {
    const state = jobState({
      paused: group.paused === 1,
      cancelledAt: group.cancelled || null,
      failure: group.failed ? { code: '', message: '' } : null,
      completedAt: group.completed || null,
      planId: group.planned ? '' : null,
      startedAt: group.started || null,
      workedAt: group.worked || null,
    });
    counts[state] = (counts[state] ?? 0) + group.count;
  }
  return counts as Record<JobState, number>;
}
