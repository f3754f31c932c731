import { describe, expect, test } from 'vitest';
import { routeOf, watchHash } from '../../../src/web/route.js';

describe('the address', () => {
  test('leads to the library when it says nothing, or nothing that is understood', () => {
    for (const hash of ['', '#', '#/', '#/elsewhere', '#enter=', '#/watch/', '#/watch/a/b']) {
      expect(routeOf(hash)).toEqual({ page: 'library' });
    }
  });

  test('leads to the video it names', () => {
    expect(routeOf(watchHash('a1_b-2'))).toEqual({ page: 'watch', videoId: 'a1_b-2' });
  });

  test('never makes a path of what is not an id', () => {
    expect(routeOf('#/watch/..%2Fauth')).toEqual({ page: 'library' });
  });

  test('hands over the code to sign in with, decoded', () => {
    expect(routeOf('#enter=abc%2Bd')).toEqual({
      page: 'enter',
      code: 'abc+d',
      hash: '#/',
    });
    expect(routeOf('#enter=50%')).toEqual({ page: 'enter', code: '50%', hash: '#/' });
    expect(routeOf('#enter=A&watch=video1')).toMatchObject({ hash: '#/watch/video1' });
    expect(routeOf('#enter=A&watch=..%2f')).toMatchObject({ hash: '#/' });
  });
});
