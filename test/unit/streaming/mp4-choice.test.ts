import { expect, test } from 'vitest';
import type { Rendition } from '../../../src/daemon/store/renditions.js';
import { chooseMp4, soonestPicture } from '../../../src/daemon/streaming/mp4/choice.js';
import { presentationOf } from '../../../src/daemon/streaming/presentation.js';
import { picture, planOf, sound } from './fixtures.js';

const rows = [
  picture(360),
  picture(1080, { method: 'copied' }),
  picture(720),
  sound(0),
  sound(1, { isDefault: true }),
];
const presentation = presentationOf(planOf(0, 6), rows);

function chosen(quality: string | undefined, ...complete: string[]) {
  const isComplete = ({ name }: Rendition) => complete.includes(name);
  const choice = chooseMp4(presentation, { quality }, isComplete);
  return choice && [choice.picture, ...choice.sounds].map(({ name }) => name);
}

test('the named quality comes with the default sound once both are complete', () => {
  expect(chosen('720p', '720p', 'audio-1')).toEqual(['720p', 'audio-1']);
  expect(chosen('720p', '720p', 'audio-0')).toBeUndefined();
  expect(chosen('720p', '1080p', 'audio-1')).toBeUndefined();
});

test('without a name the best complete one is chosen', () => {
  expect(chosen(undefined, '360p', '720p', 'audio-1')).toEqual(['720p', 'audio-1']);
  expect(chosen(undefined, 'audio-1')).toBeUndefined();
});

test('what only some players take is chosen by its name alone', () => {
  const copy = { name: '2160p-hevc', id: 'hevc', method: 'copied' } as const;
  const offered = presentationOf(planOf(0, 6), [
    ...[picture(1080), picture(2160, copy, { codecs: 'hvc1.2.4.L150.B0' }), sound(0)],
  ]);
  const nameOf = (quality?: string) => chooseMp4(offered, { quality }, () => true)?.picture.name;
  expect([nameOf(), nameOf('1080p'), nameOf('2160p-hevc')]).toEqual([
    ...['1080p', '1080p', '2160p-hevc'],
  ]);
  expect(soonestPicture(offered, undefined)?.name).toBe('1080p');
});

test('the sounds that are named come in that order, the default one first where all are wanted', () => {
  const soundsOf = (audio: string, ...complete: string[]) =>
    chooseMp4(presentation, { audio }, ({ name }) => complete.includes(name))?.sounds.map(
      ({ name }) => name,
    );
  expect(soundsOf('all', '360p', 'audio-0', 'audio-1')).toEqual(['audio-1', 'audio-0']);
  expect(soundsOf('audio-0,ko', '360p', 'audio-0', 'audio-1')).toEqual(['audio-0', 'audio-1']);
  expect(soundsOf('none', '360p')).toEqual([]);
  expect(soundsOf('all', '360p', 'audio-1')).toBeUndefined();
});

test('a quality outside the ladder is refused with those inside', () => {
  expect(() => chosen('480p')).toThrow(
    expect.objectContaining({
      code: 'NOT_FOUND',
      details: { availableQualities: ['1080p', '720p', '360p'] },
    }),
  );
});
