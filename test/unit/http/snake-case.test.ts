import { expect, test } from 'vitest';
import { toCamelCase, toSnakeCase } from '../../../src/daemon/http/request/snake-case.js';

test('keys change their case at every depth, values do not', () => {
  const camel = {
    jobId: 'a_B',
    files: { mp4: { '720p': '/x_y' } },
    minioUrls: {},
    list: [{ useGpu: null }],
  };
  const snake = {
    job_id: 'a_B',
    files: { mp4: { '720p': '/x_y' } },
    minio_urls: {},
    list: [{ use_gpu: null }],
  };
  expect(toSnakeCase(camel)).toEqual(snake);
  expect(toCamelCase(snake)).toEqual(camel);
  expect(toCamelCase(camel)).toEqual(camel);
});
