import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tasksOfPlan } from '../../../src/daemon/jobs/states/tasks-of-plan.js';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import type { RenditionTraits } from '../../../src/shared/renditions.js';
import { toTicks } from '../../../src/shared/time.js';

const job = { jobId: 'job', priority: 1 };

function video(
  id: string,
  width: number,
  height: number,
  method: 'copied' | 'encoded',
  codecs = 'avc1.64001f',
) {
  const traits: RenditionTraits = {
    kind: 'video',
    stream: 0,
    width,
    height,
    frameRate: 24,
    codecs,
    bandwidthBound: 1,
    maxBitRate: 1,
    reorderTicks: 0,
  };
  return { id, method, traits };
}

function audio(id: string, isDefault: boolean, method: 'copied' | 'encoded') {
  const traits: RenditionTraits = {
    kind: 'audio',
    stream: 1,
    language: 'ko',
    label: 'Korean',
    isDefault,
    channels: 2,
    sampleRate: 48_000,
    codecs: 'mp4a.40.2',
    bandwidthBound: 1,
  };
  return { id, method, traits };
}

function subtitle(id: string) {
  const traits: RenditionTraits = {
    kind: 'subtitle',
    stream: 2,
    language: 'ko',
    label: 'Korean',
    isDefault: false,
    isForced: false,
  };
  return { id, method: 'encoded' as const, traits };
}

type Shape = Pick<Rendition, 'id' | 'method' | 'traits'>;

function plan(segments: number, shapes: readonly Shape[], targetSeconds = 6) {
  const renditions = shapes.map((shape) => ({
    ...shape,
    segmentCount: shape.traits.kind === 'subtitle' ? 1 : segments,
  }));
  return { targetTicks: toTicks(targetSeconds), renditions };
}

const brief = (shapes: readonly Shape[], segments: number, useGpu = false) =>
  tasksOfPlan(plan(segments, shapes), { ...job, useGpu }).map(
    (task) =>
      `${task.lane} ${task.rank} ${task.kind} ${task.firstSegment}+${task.segments} ${task.renditions.join()}`,
  );

describe('the tasks of a plan', () => {
  it('of an episode that must be encoded begin with the lowest rung and the default sound', () => {
    const shapes = [
      video('v1080', 1920, 1080, 'encoded'),
      video('v720', 1280, 720, 'encoded'),
      video('v360', 640, 360, 'encoded'),
      audio('eng', false, 'encoded'),
      audio('kor', true, 'encoded'),
      subtitle('sub'),
    ];
    expect(brief(shapes, 11)).toEqual([
      'io 1 subtitle 0+1 sub',
      'cpu 1 encode 0+1 v360',
      'io 1 audio 0+1 kor',
      'cpu 1 audio 0+1 eng',
      'cpu 1 encode 0+1 v720,v1080',
      'cpu 2 encode 1+8 v360,v720,v1080',
      'cpu 2 encode 9+2 v360,v720,v1080',
      'cpu 2 audio 1+10 kor',
      'cpu 2 audio 1+10 eng',
      'cpu 2 poster 11+0 ',
    ]);
  });

  it('of an episode that fits copy picture and sound in one run', () => {
    const shapes = [
      video('v1080', 1920, 1080, 'copied'),
      video('v360', 640, 360, 'encoded'),
      audio('kor', true, 'copied'),
    ];
    expect(brief(shapes, 3)).toEqual([
      'io 1 copy 0+3 v1080,kor',
      'cpu 2 encode 0+3 v360',
      'cpu 2 poster 3+0 ',
    ]);
  });

  it('copy what only some players take behind all beginnings, and begin in H.264 as without it', () => {
    const shapes = [
      video('v1080', 1920, 1080, 'encoded'),
      video('v360', 640, 360, 'encoded'),
      video('hevc', 1920, 1080, 'copied', 'hvc1.2.4.L120.B0'),
      audio('kor', true, 'copied'),
    ];
    expect(brief(shapes, 3)).toEqual([
      'io 1 copy 0+3 kor',
      'io 2 copy 0+3 hevc',
      'cpu 1 encode 0+1 v360',
      'cpu 1 encode 0+1 v1080',
      'cpu 2 encode 1+2 v360,v1080',
      'cpu 2 poster 3+0 ',
    ]);
  });

  it('make rungs in other codecs on the CPU behind the ladder, which does not wait for them', () => {
    const shapes = [
      video('v360', 640, 360, 'encoded'),
      video('hevc', 1920, 1080, 'encoded', 'hvc1.1.6.L120.90'),
      video('hevc360', 640, 360, 'encoded', 'hvc1.1.6.L63.90'),
      video('av1', 1920, 1080, 'encoded', 'av01.0.08M.08'),
      audio('kor', true, 'copied'),
    ];
    expect(brief(shapes, 10, true)).toEqual([
      'io 1 copy 0+10 kor',
      'gpu 1 encode 0+1 v360',
      'gpu 2 encode 1+8 v360',
      'gpu 2 encode 9+1 v360',
      'cpu 2 encode 0+8 hevc360,hevc',
      'cpu 2 encode 8+2 hevc360,hevc',
      'cpu 2 encode 0+8 av1',
      'cpu 2 encode 8+2 av1',
      'cpu 2 poster 10+0 ',
    ]);
  });

  it('make every segment of every rendition exactly once, whatever the plan', () => {
    const shape = fc.constantFrom(
      ...[video('a', 640, 360, 'encoded'), video('b', 1280, 720, 'encoded')],
      ...[video('c', 1920, 1080, 'copied'), audio('d', true, 'copied')],
      ...[video('g', 1920, 1080, 'copied', 'av01.0.08M.10')],
      ...[video('h', 640, 360, 'encoded', 'hvc1.1.6.L63.90')],
      ...[audio('e', false, 'encoded'), subtitle('f')],
    );
    const shapes = fc.uniqueArray(shape, { selector: ({ id }) => id, minLength: 1 });
    const segments = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(shapes, segments, fc.integer({ min: 2, max: 12 }), (chosen, count, target) => {
        const made = tasksOfPlan(plan(count, chosen, target), job).flatMap((task) =>
          task.renditions.flatMap((id) =>
            Array.from({ length: task.segments }, (_, n) => `${id}${task.firstSegment + n}`),
          ),
        );
        const wanted = plan(count, chosen).renditions.flatMap(({ id, segmentCount }) =>
          Array.from({ length: segmentCount }, (_, n) => `${id}${n}`),
        );
        expect(made.toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });
});
