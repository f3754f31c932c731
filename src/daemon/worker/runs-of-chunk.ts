import { variantCodecOf } from '../../shared/renditions.js';
import { splitAtStandstills } from '../media/frames/standstill.js';
import type { Chunk, TaskRendition } from './task.js';

type Run = Pick<Chunk, 'firstSegment' | 'segments'>;

/**
 * What of a chunk is made by one start of ffmpeg after the other: mostly all of it. AV1 by the segment,
 * without what is there: SVT-AV1 begins with a key picture and takes no forced ones.
 */
export function runsOfChunk({ boundaries, firstSegment, segments, renditions }: Chunk): Run[] {
  const runs = splitAtStandstills(boundaries, firstSegment, segments);
  if (!renditions.some(isAv1)) return [...runs];
  return runs
    .flatMap((run) =>
      Array.from({ length: run.segments }, (_, n) => ({
        ...{ firstSegment: run.firstSegment + n, segments: 1 },
      })),
    )
    .filter((run) => renditions.some(({ published }) => !published.has(run.firstSegment)));
}

function isAv1({ traits }: TaskRendition): boolean {
  return traits.kind === 'video' && variantCodecOf(traits) === 'av1';
}
