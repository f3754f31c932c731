import { describe, expect, test } from 'vitest';
import { overrideMethod } from '../../../src/daemon/http/tus/method-override.js';
import { readUploadChecksum } from '../../../src/daemon/http/tus/upload-checksum.js';
import { readUploadMetadata } from '../../../src/daemon/http/tus/upload-metadata.js';
import { tusMetadata } from '../../support/tus-client.js';

describe('Upload-Metadata', () => {
  test('is what the client said, numbers as numbers, foreign keys left out', () => {
    const said = { filename: '비.mkv', title: '비가 와요', season: '1', episode: '0', mark: 'x' };
    expect(readUploadMetadata(tusMetadata(said))).toEqual({
      filename: '비.mkv',
      metadata: { title: '비가 와요', season: 1, episode: 0 },
    });
  });

  test('says in words what a job is to be', () => {
    const said = { filename: 'a.mkv', resolutions: '720p=2M,480p', crf: '22.5', preset: 'slow' };
    expect(readUploadMetadata(tusMetadata(said)).metadata).toEqual({
      resolutions: ['720p=2M', '480p'],
      crf: 22.5,
      preset: 'slow',
    });
    const wrong = tusMetadata({ filename: 'a.mkv', resolutions: '720p,all' });
    expect(() => readUploadMetadata(wrong)).toThrow('expected resolutions like 1080p');
  });

  test('an empty value, or none, says nothing', () => {
    expect(readUploadMetadata('filename YS5ta3Y=,title ,description')).toEqual({
      filename: 'a.mkv',
      metadata: {},
    });
  });

  test.each(['', ',', 'filename  YS5ta3Y=', 'filename YS5ta3Y= x', 'filename !', 'title eA=='])(
    '"%s" is refused',
    (line) => expect(() => readUploadMetadata(line)).toThrow('Request is not valid'),
  );
});

test('Upload-Checksum is a known algorithm and a digest of its length', () => {
  const digest = Buffer.alloc(20, 7);
  const line = `sha1 ${digest.toString('base64')}`;
  expect(readUploadChecksum(line)).toEqual({ algorithm: 'sha1', digest });
  expect(readUploadChecksum(undefined)).toBeUndefined();
  expect(() => readUploadChecksum(line.replace('sha1', 'sha256'))).toThrow('32 bytes');
  expect(() => readUploadChecksum(line.replace('sha1', 'md5'))).toThrow('one of sha1, sha256');
});

test.each([
  ['/api/v1/tus/id', 'PATCH', 'PATCH'],
  ['/api/tus/id?x=1', 'DELETE', 'DELETE'],
  ['/api/v1/tus/id', 'HEAD', 'POST'],
  ['/api/v1/tus/id', 'patch', 'POST'],
  ['/api/v1/jobs/id', 'DELETE', 'POST'],
  ['/api/v1/tussle/id', 'DELETE', 'POST'],
  ['/x?/api/v1/tus/id', 'DELETE', 'POST'],
])('POST %s with the override %s is %s', (url, wished, method) => {
  const incoming = { url, method: 'POST', headers: { 'x-http-method-override': wished } };
  overrideMethod(incoming);
  expect(incoming.method).toBe(method);
});
