import type { Job } from '../../store/jobs.js';
import type { Rendition } from '../../store/renditions.js';
import type { TaskRow } from '../../store/tasks.js';
import { initNumber } from '../../worker/task.js';
import type { JobContext } from '../context/context.js';
import { mayBeMade } from '../states/job-states.js';
import { copyIsNear } from '../running/nearly-done.js';
import { addOnDemand } from './on-demand.js';
import { publishedNumbers } from '../states/published.js';
import type { Scheduler } from '../running/scheduler.js';
import { carve } from './split.js';
import { newTask } from '../states/tasks-of-plan.js';
import { laneOfFew, ownRank } from '../states/urgency.js';

/** What a viewer waits for. */
interface Want {
  readonly job: Job;
  readonly rendition: Rendition;
  readonly number: number;
}

/** A demand is this long: what is needed now, and what is needed while that is played. */
const demandedSegments = 2;

/**
 * A viewer waits for this segment: the part of its task that makes it is cut out and put first, and
 * gets a slot at once. Asking again for the same changes nothing; it is called on every held request.
 */
export function demandSegment(
  context: JobContext,
  scheduler: Scheduler,
  renditionId: string,
  number: number,
): void {
  const want = wantOf(context, renditionId, number);
  if (want === undefined || isThere(context, want, number)) return;
  const { store, bus } = context;
  const holding = () => store.tasks.holding(want.job.id, renditionId, want.number);
  if (holding() === undefined) addOnDemand(context, want.job, want.rendition, number);
  const holder = holding();
  if (holder === undefined) return;
  if (holder.state === 'running') return hurry(context, scheduler, want, holder);
  store.transaction(() => putFirst(context, want, holder));
  scheduler.makeRoom(holding()?.lane ?? holder.lane);
  bus.emit('work');
}

function wantOf({ store }: JobContext, renditionId: string, number: number): Want | undefined {
  const rendition = store.renditions.find(renditionId);
  const job = rendition && store.jobs.findByPlan(rendition.planId);
  if (rendition === undefined || job === undefined || job.paused || !mayBeMade(job))
    return undefined;
  // Any chunk brings the init segment; the first one is what is played with it.
  return { job, rendition, number: number === initNumber ? 0 : number };
}

function isThere({ store }: JobContext, { rendition }: Want, number: number): boolean {
  return number === initNumber
    ? rendition.initBytes !== null
    : store.segments.find(rendition.id, number) !== undefined;
}

function putFirst({ store, clock }: JobContext, want: Want, holder: TaskRow): void {
  if (holder.rank === 0 && holder.segments <= demandedSegments) return;
  const since = clock.now();
  if (holder.kind === 'copy' && want.number - holder.firstSegment <= copyIsNear) {
    if (holder.rank !== 0) store.tasks.demand(holder.id, since);
    return;
  }
  const { wanted, rest } = carve(holder, {
    number: want.number,
    segments: holder.kind === 'copy' ? holder.segments : demandedSegments,
    // One run copies all that is copied at the price of one.
    renditions: holder.kind === 'copy' ? holder.renditions : [want.rendition.id],
  });
  const [first, ...others] = rest;
  if (first === undefined) {
    if (holder.rank !== 0) store.tasks.demand(holder.id, since);
    return;
  }
  const { jobId, priority, kind } = holder;
  const useGpu = holder.lane === 'gpu';
  const rowOf = (range: typeof wanted) => newTask({ jobId, priority, useGpu }, kind, range);
  store.tasks.setRange(holder.id, first);
  store.tasks.setRank(holder.id, ownRank(kind, first));
  for (const other of others) store.tasks.insert(rowOf(other), holder);
  const lane = laneOfFew(kind, useGpu);
  store.tasks.insert({ ...rowOf(wanted), lane, rank: 0, demandedAt: since }, holder);
}

/** Whoever waited for it has it or has gone elsewhere: what is cut out for nobody is work like any other. */
export function forgetDemand(context: JobContext, renditionId: string, number: number): void {
  const { store, waits } = context;
  const want = wantOf(context, renditionId, number);
  const holder = want && store.tasks.holding(want.job.id, renditionId, want.number);
  if (holder?.rank === 0 && !waits.areFor(holder)) {
    store.tasks.setRank(holder.id, ownRank(holder.kind, holder));
  }
}

/** Its task runs already. Is it about to make it, or does it have to be cut? */
function hurry(context: JobContext, scheduler: Scheduler, want: Want, holder: TaskRow): void {
  const again = {
    key: `${want.rendition.id}/${want.number}`,
    act: () => demandSegment(context, scheduler, want.rendition.id, want.number),
  };
  // Stopped for another viewer between two segments of this one: what is left of it goes back to the queue.
  if (scheduler.isStopping(holder.id)) return scheduler.stopTask(holder.id, 'it stops', again);
  const distance = want.number - frontOf(context, want.rendition.id, holder);
  if (holder.kind === 'copy') {
    if (distance > copyIsNear) startSecondCopy(context, scheduler, want, holder);
    return;
  }
  const { store, waits, clock } = context;
  const isShort = holder.segments <= demandedSegments;
  if (distance < demandedSegments) {
    // Nobody else's demand stops it now: see Waits. The second of two segments is made by the same run.
    if (isShort && holder.rank !== 0) store.tasks.demand(holder.id, clock.now());
    return;
  }
  // Cut for a viewer already; a whole chunk that one follows may still be cut for a seek in it.
  if (holder.rank === 0 && isShort) return;
  // Somebody waits for what it makes next: this is demanded again once he has it.
  const next = { firstSegment: frontOfAll(context, holder), segments: demandedSegments };
  if (waits.areFor({ ...holder, ...next })) return;
  scheduler.stopTask(holder.id, 'a viewer waits for another part of it', again);
}

/** The first segment of a running task that is not published yet. */
function frontOf({ store }: JobContext, renditionId: string, holder: TaskRow): number {
  const published = publishedNumbers(store, renditionId);
  let front = holder.firstSegment;
  while (published.has(front)) front++;
  return front;
}

function frontOfAll(context: JobContext, holder: TaskRow): number {
  return Math.min(...holder.renditions.map((id) => frontOf(context, id, holder)));
}

/** The first run goes on; what both make is published once. */
function startSecondCopy(
  context: JobContext,
  scheduler: Scheduler,
  { job, number }: Want,
  holder: TaskRow,
): void {
  const { store, bus, clock } = context;
  const left = holder.firstSegment + holder.segments - number;
  const range = {
    firstSegment: number,
    segments: Math.min(copyIsNear, left),
    renditions: holder.renditions,
  };
  const owner = { jobId: job.id, priority: job.priority };
  const demandedAt = clock.now();
  store.tasks.insert({ ...newTask(owner, 'copy', range), rank: 0, demandedAt });
  scheduler.makeRoom(holder.lane);
  bus.emit('work');
}
