import type { LaneName, Rank, TaskRow } from '../../store/tasks.js';
import type { Attempt } from './attempt.js';
import type { JobContext } from '../context/context.js';
import type { Lanes } from './lanes.js';
import type { Running } from './running.js';
import { ownRank } from '../states/urgency.js';
import type { WorkGate } from './work-gate.js';

/** Stops what runs for what is more urgent. Nothing of it is lost but the segment that was being made. */
export class Preemption {
  constructor(
    private readonly context: Pick<JobContext, 'store' | 'clock' | 'waits'>,
    private readonly lanes: Lanes,
    private readonly running: Running,
    private readonly gate: WorkGate,
  ) {}

  /**
   * Makes a slot free where none is, at the cost of the least important task: for what viewers wait
   * for, else for beginnings of episodes, which make them playable. Asking again changes nothing.
   */
  makeRoom(lane: LaneName): void {
    const lanes = this.lanes.taking(lane);
    const running = this.running.all.filter((attempt) =>
      lanes.some(({ name }) => name === attempt.lane.name),
    );
    const going = running.filter((attempt) => !attempt.isStopping);
    const free = lanes.reduce((sum, each) => sum + each.slots, -going.length);
    const takes = [...new Set(lanes.flatMap((each) => each.takes))];
    const { store, clock } = this.context;
    const now = clock.now();
    const rank = ([0, 1] as const).find(
      (each) => this.gate.allows(each) && store.tasks.countUrgent(takes, each, now) > free,
    );
    if (rank === undefined) return;
    const tasks = going.flatMap((attempt) => this.urgencyOf(attempt) ?? []);
    const victim = leastImportant(tasks, rank);
    if (victim === undefined) return;
    store.tasks.setRank(victim.id, ownRank(victim.kind, victim));
    this.running.ofTask(victim.id)?.giveWay('something more urgent waits');
  }

  /**
   * The task as it is now: as long as a viewer waits for what it makes next, nothing is more urgent. Two segments that
   * are encoded for one who has the first are one run: he is about to ask for the second. A copy that was cut out for one
   * who waits no more is less urgent than what another one waits for.
   */
  urgencyOf({ task: { id } }: Attempt): TaskRow | undefined {
    const { store, waits } = this.context;
    const task = store.tasks.find(id);
    if (task === undefined) return undefined;
    const isServed = task.kind === 'copy' && task.rank === 0;
    return { ...task, rank: waits.areFor(task) ? 0 : isServed ? 1 : task.rank };
  }
}

/** Which running task gives way to one of `rank`: of those less urgent the one claimed last of all. */
function leastImportant(running: readonly TaskRow[], rank: Rank): TaskRow | undefined {
  return running
    .filter((task) => task.rank > rank)
    .toSorted(
      (a, b) =>
        b.rank - a.rank ||
        b.priority - a.priority ||
        b.firstSegment - a.firstSegment ||
        b.id - a.id,
    )[0];
}
