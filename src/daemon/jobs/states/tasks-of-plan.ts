import { isUniversal, variantCodecOf } from '../../../shared/renditions.js';
import { variantCodecs, type VariantCodec } from '../../../shared/resolutions.js';
import { toTicks } from '../../../shared/time.js';
import type { TaskKind } from '../../../shared/states.js';
import type { Rendition } from '../../store/renditions.js';
import type { NewTask, TaskRange } from '../../store/tasks.js';
import { laneOf, laneOfFew, ownRank } from './urgency.js';

type PlannedRow = Pick<Rendition, 'id' | 'method' | 'traits' | 'segmentCount'>;
type Part = TaskRange & {
  readonly kind: TaskKind;
  /** Nobody's beginning waits for it. */
  readonly isLater?: boolean;
  /** Whatever its job wants. */
  readonly isOnCpu?: boolean;
  /** Playing begins with it. */
  readonly isFirst?: boolean;
};
const besideLadder = { isLater: true, isOnCpu: true } as const;

/** What tasks have of their job. */
export interface TaskOwner {
  readonly jobId: string;
  readonly priority: number;
  readonly useGpu?: boolean;
}

/** How much media one ffmpeg process makes: long enough that starting it costs nothing. */
const pictureChunkTicks = toTicks(48);
const soundChunkTicks = toTicks(120);

/**
 * All tasks that make a plan, in the order in which equals are claimed: what makes the video
 * playable first. One copy run reads the source once for everything that is copied and that every player
 * takes; encoded picture is decoded once for all rungs, and again for those in another codec, which
 * take long: the ladder does not wait for them. Where no such picture can be played, segment 0 of the lowest rung
 * is made alone and first, since it is sooner there.
 */
export function tasksOfPlan(
  plan: { readonly targetTicks: number; readonly renditions: readonly PlannedRow[] },
  job: TaskOwner,
): NewTask[] {
  const { targetTicks, renditions } = plan;
  const subtitles = renditions.filter(isSubtitle);
  const [copied, variants] = copiedOf(renditions);
  const encoded = renditions.filter((r) => r.method === 'encoded');
  const pictures = encoded.filter((r) => r.traits.kind === 'video').toSorted(smallestFirst);
  const rungs = pictures.filter(isForHardware);
  const sounds = encoded.filter((r) => r.traits.kind === 'audio').toSorted(soonerHeard);
  const isCopyPlayed = copied.some((r) => r.traits.kind === 'video');
  const rest = isCopyPlayed ? 0 : 1;
  const parts: Part[] = [
    ...whole('copy', copied),
    ...whole('subtitle', subtitles),
    ...whole('copy', variants).map((part) => ({ ...part, isLater: true })),
    ...(isCopyPlayed ? [] : beginning('encode', rungs.slice(0, 1))),
    ...sounds.flatMap((sound, index) =>
      beginning('audio', [sound]).map((part) => ({ ...part, isFirst: index === 0 })),
    ),
    ...(isCopyPlayed ? [] : beginning('encode', rungs.slice(1))),
    ...chunks('encode', rungs, rest, chunkLength(pictureChunkTicks, targetTicks)),
    ...sounds.flatMap((r) => chunks('audio', [r], 1, chunkLength(soundChunkTicks, targetTicks))),
    ...variantCodecs.flatMap((codec) => {
      const ofCodec = pictures.filter((row) => codecOf(row) === codec);
      const length = chunkLength(pictureChunkTicks, targetTicks);
      return chunks('encode', ofCodec, 0, length).map((part) => ({ ...part, ...besideLadder }));
    }),
    // Behind its own last segment, not behind all other episodes: else none is ready while more come.
    { kind: 'poster', firstSegment: longest(renditions), segments: 0, renditions: [] },
  ];
  return parts.map(({ kind, isLater = false, isOnCpu = false, isFirst = false, ...range }) => ({
    ...newTask(isOnCpu ? { ...job, useGpu: false } : job, kind, range),
    ...(isLater && { rank: 2 as const }),
    ...(isFirst && { lane: laneOfFew(kind) }),
  }));
}

/** A row for `range`, with the lane and the rank that the kind has by itself. */
export function newTask(
  job: TaskOwner,
  kind: TaskKind,
  range: TaskRange = { firstSegment: 0, segments: 0, renditions: [] },
): NewTask {
  const { firstSegment, segments, renditions } = range;
  return {
    jobId: job.jobId,
    priority: job.priority,
    kind,
    lane: laneOf(kind, job.useGpu),
    rank: ownRank(kind, range),
    firstSegment,
    segments,
    renditions,
  };
}

function whole(kind: TaskKind, rows: readonly PlannedRow[]): Part[] {
  if (rows.length === 0) return [];
  return [{ kind, firstSegment: 0, segments: longest(rows), renditions: idsOf(rows) }];
}

function beginning(kind: TaskKind, rows: readonly PlannedRow[]): Part[] {
  if (rows.length === 0) return [];
  return [{ kind, firstSegment: 0, segments: 1, renditions: idsOf(rows) }];
}

/** Everything from segment `start` on. */
function chunks(
  kind: TaskKind,
  rows: readonly PlannedRow[],
  start: number,
  length: number,
): Part[] {
  const end = longest(rows);
  const parts: Part[] = [];
  for (let first = start; first < end; first += length) {
    const segments = Math.min(length, end - first);
    parts.push({ kind, firstSegment: first, segments, renditions: idsOf(rows) });
  }
  return parts;
}

function chunkLength(chunkTicks: number, targetTicks: number): number {
  return Math.max(1, Math.round(chunkTicks / targetTicks));
}

function longest(rows: readonly PlannedRow[]): number {
  return Math.max(0, ...rows.map((row) => row.segmentCount));
}

function idsOf(rows: readonly PlannedRow[]): string[] {
  return rows.map((row) => row.id);
}

/** What every player takes, and what is offered beside it: that must not hold up the sound. */
function copiedOf(renditions: readonly PlannedRow[]): [PlannedRow[], PlannedRow[]] {
  const copied = renditions.filter((row) => row.method === 'copied' && !isSubtitle(row));
  const isVariant = ({ traits }: PlannedRow) => traits.kind === 'video' && !isUniversal(traits);
  return [copied.filter((row) => !isVariant(row)), copied.filter(isVariant)];
}

/** No hardware is used for other codecs than H.264. */
export function isForHardware({ traits }: Pick<PlannedRow, 'traits'>): boolean {
  return traits.kind === 'video' && isUniversal(traits);
}

function codecOf({ traits }: PlannedRow): VariantCodec | undefined {
  return traits.kind === 'video' ? variantCodecOf(traits) : undefined;
}

function isSubtitle(row: PlannedRow): boolean {
  return row.traits.kind === 'subtitle';
}

function smallestFirst(a: PlannedRow, b: PlannedRow): number {
  return pixels(a) - pixels(b);
}

function pixels({ traits }: PlannedRow): number {
  return traits.kind === 'video' ? traits.width * traits.height : 0;
}

function soonerHeard(a: PlannedRow, b: PlannedRow): number {
  return turn(a) - turn(b);
}

/** The default in stereo, then the other tracks; what few can hear comes last. */
function turn({ traits }: PlannedRow): number {
  if (traits.kind !== 'audio') return 0;
  return (traits.channels > 2 ? 2 : 0) + (traits.isDefault ? 0 : 1);
}
