import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUniversal, type RenditionTraits } from '../../../src/shared/renditions.js';
import { sheetFileName, storyboardName } from '../../../src/daemon/layout.js';
import { toTicks } from '../../../src/shared/time.js';
import type {
  Chunk,
  PlannedRendition,
  ProbeResult,
  Publication,
  StoryboardTask,
  Task,
  TaskPorts,
  TaskResult,
} from '../../../src/daemon/worker/task.js';

/** A moment in the life of a task at which a test may hold it. */
export type Moment = { readonly task: Task; readonly before: 'start' | number };

/**
 * Does tasks as the real worker would, without media: what a probe finds and what a chunk's bytes
 * are is given. A test can hold tasks at any moment, and make them fail.
 */
export class ScriptedWorker {
  /** What was started, in order: `encode 0+1 360p`. */
  readonly log: string[] = [];
  /** Each segment that was published: `360p/0`. */
  readonly made: string[] = [];
  /** Says where to stand still, until released or aborted. */
  holdAt: (moment: Moment) => boolean = () => false;
  /** Throws what a task should fail with. */
  failAt: (moment: Moment) => void = () => undefined;
  /** Says that it is done without having made anything. */
  liesAt: (task: Task) => boolean = () => false;
  /** The bytes of the init segment that a chunk brings. */
  initOf = ({ name }: Pick<PlannedRendition, 'name'>, _firstSegment: number): string => name;
  /** What its probe says of what is copied. */
  isWholeCopy = false;
  /** Told when a task was started or stands still. */
  onStep: () => void = () => undefined;
  readonly #held = new Set<() => void>();

  constructor(
    readonly segments: number,
    readonly renditions: readonly PlannedRendition[],
  ) {}

  get isHeld(): boolean {
    return this.#held.size > 0;
  }

  /** Everything that is held goes on; later moments may hold again. */
  release(): void {
    for (const goOn of this.#held) goOn();
    this.#held.clear();
  }

  releaseAll(): void {
    this.holdAt = () => false;
    this.release();
  }

  readonly runTask = (task: Task, ports: TaskPorts): Promise<TaskResult> =>
    this.script(task, ports);

  protected async script(task: Task, ports: TaskPorts): Promise<TaskResult> {
    this.log.push(inWords(task));
    this.onStep();
    await this.#reach({ task, before: 'start' }, ports.signal);
    if (task.kind === 'probe') return this.#plan();
    if (task.kind === 'poster') return this.#poster(ports);
    if (task.kind === 'storyboard') return this.#storyboard(task);
    if (task.kind !== 'finish' && !this.liesAt(task)) await this.#makeChunk(task, ports);
    return { kind: 'done' };
  }

  #plan(): ProbeResult {
    const boundaries = Array.from({ length: this.segments + 1 }, (_, n) => toTicks(6) * n);
    const durationTicks = boundaries.at(-1) ?? 0;
    const { renditions, isWholeCopy } = this;
    return { kind: 'probe', durationTicks, boundaries, renditions, isWholeCopy };
  }

  async #poster({ videoDirectory }: TaskPorts): Promise<TaskResult> {
    await writeFile(join(videoDirectory, 'poster.jpg'), 'poster');
    return { kind: 'poster', sizeBytes: 6 };
  }

  async #storyboard({ planDirectory }: StoryboardTask): Promise<TaskResult> {
    const directory = join(planDirectory, storyboardName('scripted'));
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, sheetFileName(0)), 'sheet');
    const shape = { tileWidth: 256, tileHeight: 144, columns: 5, rows: 5 };
    return {
      kind: 'storyboard',
      storyboard: { version: 'scripted', ...shape, tileTicks: [0], sheetBytes: [5] },
    };
  }

  async #makeChunk(task: Chunk & Task, ports: TaskPorts): Promise<void> {
    for (let number = task.firstSegment; number < task.firstSegment + task.segments; number++) {
      await this.#reach({ task, before: number }, ports.signal);
      const batch = task.renditions.flatMap((rendition): Publication[] => {
        if (rendition.published.has(number)) return [];
        this.made.push(`${rendition.name}/${number}`);
        const bytes = Buffer.from(`${rendition.name} ${number}`);
        const segment = { renditionId: rendition.id, number, bytes };
        const { traits, initPublished } = rendition;
        const isToCompare = traits.kind === 'video' && !isUniversal(traits);
        const isFirst = number === task.firstSegment && (isToCompare || !initPublished);
        const init = Buffer.from(this.initOf(rendition, number));
        return isFirst && traits.kind !== 'subtitle'
          ? [{ ...segment, number: -1, bytes: init }, segment]
          : [segment];
      });
      await ports.publish(batch);
      ports.progress((number + 1 - task.firstSegment) * toTicks(6));
    }
  }

  async #reach(moment: Moment, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.failAt(moment);
    if (!this.holdAt(moment)) return;
    await new Promise<void>((resolve, reject) => {
      this.#held.add(resolve);
      const abort = () => {
        this.#held.delete(resolve);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.onStep();
    });
  }
}

function inWords(task: Task): string {
  if (!('renditions' in task)) return task.kind;
  const names = task.renditions.map((rendition) => rendition.name).join();
  return `${task.kind} ${task.firstSegment}+${task.segments} ${names}`;
}

type Method = PlannedRendition['method'];

export function picture(height: number, segmentCount: number, method: Method): PlannedRendition {
  const traits: RenditionTraits = {
    kind: 'video',
    stream: 0,
    width: (height * 16) / 9,
    height,
    frameRate: 24,
    codecs: 'avc1.64001f',
    bandwidthBound: 1,
    maxBitRate: 1,
    reorderTicks: 0,
  };
  return { name: `${height}p`, method, reason: 'scripted', traits, segmentCount };
}

export function sound(index: number, segmentCount: number, method: Method): PlannedRendition {
  const traits: RenditionTraits = {
    kind: 'audio',
    stream: 1 + index,
    language: index === 0 ? 'ko' : 'en',
    label: 'Sound',
    isDefault: index === 0,
    channels: 2,
    sampleRate: 48_000,
    codecs: 'mp4a.40.2',
    bandwidthBound: 1,
  };
  return { name: `audio-${index}`, method, reason: 'scripted', traits, segmentCount };
}

export function subtitles(): PlannedRendition {
  const traits: RenditionTraits = {
    kind: 'subtitle',
    stream: 9,
    language: 'ko',
    label: 'Korean',
    isDefault: false,
    isForced: false,
  };
  return { name: 'subtitle-0', method: 'encoded', reason: 'scripted', traits, segmentCount: 1 };
}

/** An episode of which everything must be encoded. */
export function encodedEpisode(segments: number): ScriptedWorker {
  return new ScriptedWorker(segments, [
    picture(720, segments, 'encoded'),
    picture(360, segments, 'encoded'),
    sound(0, segments, 'encoded'),
    subtitles(),
  ]);
}
