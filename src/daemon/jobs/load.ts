import { jobStates, type JobState } from '../../shared/states.js';
import type { CensusStore, JobGroup } from '../store/census.js';
import { laneNames, type LaneName } from '../store/tasks.js';
import { jobState } from './job-states.js';
import type { Slots } from './lanes.js';

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

export function jobLoad(census: CensusStore, slots: Slots): JobLoad {
  return {
    lanes() {
      const [waiting, running] = [census.waitingTasks(), census.runningTasks()];
      return laneNames.map((lane) => ({
        lane,
        slots: slots[lane],
        running: running.get(lane) ?? 0,
        waiting: waiting.get(lane) ?? 0,
      }));
    },
    byState: () => countStates(census.jobs()),
  };
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
