import { describe, expect, test } from 'vitest';
import { operations } from '../../../src/shared/contract/operations/index.js';
import { scopesOf } from '../../../src/shared/contract/scopes-of.js';
import { scopes, type Scope } from '../../../src/shared/scopes.js';
import { findOperation } from '../../../src/daemon/http/auth/find-operation.js';

const openedBy = (scope: Scope) => operations.filter((each) => scopesOf(each).includes(scope));

describe('the scopes of an API key', () => {
  test.each(scopes)('%s opens something', (scope) => {
    expect(openedBy(scope).length).toBeGreaterThan(0);
  });

  test('to watch is to read', () => {
    expect(openedBy('watch').filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('no key manages people, keys or devices', () => {
    const people = operations.filter(({ tag }) => ['users', 'tokens', 'devices'].includes(tag));
    expect(people.length).toBeGreaterThan(5);
    expect(new Set(people.map(scopesOf))).toEqual(new Set(['never']));
  });
});

describe('the endpoint that a URI asks for', () => {
  test.each([
    ['/api/v1/upload/start', 'POST', 'startUpload'],
    ['/api/upload/start', undefined, 'startUpload'],
    ['/upload/abc', undefined, 'uploadState'],
    ['/upload/abc', 'delete', 'abortUpload'],
    ['/api/v1/jobs/abc?x=/users', 'HEAD', 'followJob'],
    ['/api/v1/job/abc', 'GET', 'followJob'],
    ['http://kdrama.local/api/v1/users', 'GET', 'listUsers'],
    ['/api/v1/./jobs/../users', 'GET', 'listUsers'],
    ['/api/v1/%75sers', 'GET', 'listUsers'],
  ] as const)('%s by %s is %s', (uri, method, id) => {
    expect(findOperation(uri, method)?.operation.id).toBe(id);
  });

  test.each(['', '/', '//', '/api/v2/users', '/api/v1/users/a/b', '%', 'http://'])(
    '%j is none',
    (uri) => {
      expect(findOperation(uri, 'GET')).toBeUndefined();
    },
  );

  test('tells what the parts of the path are', () => {
    expect(findOperation('/api/v1/upload/chunk/abc/7', 'POST')?.params).toMatchObject({
      uploadId: 'abc',
      chunkIndex: '7',
    });
  });
});
