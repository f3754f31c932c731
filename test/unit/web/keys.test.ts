import { describe, expect, test } from 'vitest';
import { nextItem } from '../../../src/web/controls/menu-keys.js';
import { keyCommand } from '../../../src/web/player/key-command.js';

const plain = { altKey: false, ctrlKey: false, metaKey: false };

describe('the keys of the player', () => {
  test.each([
    [' ', { do: 'toggle-play' }],
    ['f', { do: 'toggle-fullscreen' }],
    ['M', { do: 'toggle-muted' }],
    ['c', { do: 'toggle-subtitles' }],
    ['ArrowLeft', { do: 'seek-by', seconds: -5 }],
    ['ArrowRight', { do: 'seek-by', seconds: 5 }],
    ['ArrowUp', { do: 'louder-by', volume: 0.1 }],
    ['ArrowDown', { do: 'louder-by', volume: -0.1 }],
  ])('%s', (key, command) => {
    expect(keyCommand({ ...plain, key })).toEqual(command);
  });

  test("leave the browser's own alone", () => {
    expect(keyCommand({ ...plain, key: 'Tab' })).toBeUndefined();
    expect(keyCommand({ ...plain, ctrlKey: true, key: 'f' })).toBeUndefined();
    expect(keyCommand({ ...plain, metaKey: true, key: 'ArrowLeft' })).toBeUndefined();
  });
});

test('arrows go round the ends of a menu', () => {
  expect(nextItem('ArrowDown', 2, 3)).toBe(0);
  expect(nextItem('ArrowUp', 0, 3)).toBe(2);
  expect(nextItem('End', 0, 3)).toBe(2);
  expect(nextItem('x', 0, 3)).toBeUndefined();
});
