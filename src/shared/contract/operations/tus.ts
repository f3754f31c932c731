import { z } from 'zod';
import { errorBody } from '../errors.js';
import { operation } from '../operation.js';
import { byteCount, tusContentType, tusVersion } from '../tus.js';
import { uploadStatus } from '../upload.js';

const params = z.object({ uploadId: z.string() });
const version = { 'tus-resumable': z.string().optional().describe(`\`${tusVersion}\``) };
const checksum = z
  .string()
  .max(256)
  .optional()
  .describe('`sha1` or `sha256`, a space and the digest of this body in Base64');

const resumable = { 'Tus-Resumable': `\`${tusVersion}\`` };
const position = {
  ...resumable,
  'Upload-Offset': 'Where the next byte goes: all before it are on the disk',
  'Upload-Expires': 'When an unfinished upload is removed',
  'Kdrama-Video-Id': 'Once whole: the video that it became',
  'Kdrama-Job-Id': 'Once whole: the job that makes it playable',
  Link: 'Once whole: where to follow the job, `rel="status"`',
};
const missing = ['UPLOAD_NOT_FOUND', 'UPLOAD_EXPIRED', 'TUS_VERSION_UNSUPPORTED'] as const;
const bytesErrors = [
  'UPLOAD_INVALID_FORMAT',
  'UPLOAD_LOCKED',
  'UNSUPPORTED_MEDIA_TYPE',
  'BODY_TOO_LARGE',
  'STORAGE_FULL',
] as const;
const mismatch = {
  460: { description: '`UPLOAD_CHECKSUM_MISMATCH`: nothing of it is kept', schema: errorBody },
};
const exampleName = 'filename ZXBpc29kZTEubXA0'; // episode1.mp4

export const createTusUpload = operation({
  id: 'createTusUpload',
  method: 'POST',
  paths: ['/tus'],
  tag: 'tus',
  access: 'uploader',
  summary: 'Start an upload with a tus client',
  description:
    'tus 1.0 with creation, creation-with-upload, checksum, expiration and termination; `OPTIONS` says so. `Upload-Metadata` needs `filename` and may have `title`, `series`, `season`, `episode`, `description` and `fingerprint`. Without bytes, the same fingerprint and size find the unfinished upload of that file.',
  headers: z.object({
    ...version,
    'upload-length': byteCount.describe('Bytes of the whole file'),
    'upload-metadata': z.string().describe('Keys, each with its value in Base64'),
    'upload-checksum': checksum,
  }),
  bytes: [tusContentType],
  bodyOptional: true,
  answers: {
    201: {
      description: 'It takes bytes at `Location`',
      headers: { ...position, Location: 'Where the bytes go' },
    },
    ...mismatch,
  },
  errors: [
    'TUS_VERSION_UNSUPPORTED',
    'UPLOAD_FILE_TOO_LARGE',
    'UPLOAD_QUOTA_EXCEEDED',
    'UPLOAD_QUOTA_EXCEEDED',
    ...bytesErrors,
  ],
  startsWork: true,
  examples: [
    {
      headers: {
        'tus-resumable': tusVersion,
        'upload-length': '734003200',
        'upload-metadata': exampleName,
      },
      status: 201,
    },
    {
      headers: {
        'tus-resumable': '0.2.2',
        'upload-length': '734003200',
        'upload-metadata': exampleName,
      },
      status: 412,
    },
  ],
});

export const tusUpload = operation({
  id: 'tusUpload',
  method: 'GET',
  paths: ['/tus/:uploadId'],
  tag: 'tus',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'How far an upload is',
  description:
    '`HEAD`, as tus clients ask, ends a request that still sends bytes, so that its offset stays; `GET` disturbs nobody and answers as `GET /upload/{uploadId}` too.',
  params,
  headers: z.object(version),
  answers: {
    200: {
      description: 'Its state',
      schema: uploadStatus,
      headers: {
        ...position,
        'Upload-Length': 'Bytes of the whole file',
        'Upload-Metadata': 'As the client said it',
      },
    },
  },
  errors: missing,
  examples: [{ params: { uploadId: 'nothere' }, status: 404 }],
});

export const appendToTusUpload = operation({
  id: 'appendToTusUpload',
  method: 'PATCH',
  paths: ['/tus/:uploadId'],
  tag: 'tus',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'Send bytes from the offset on',
  description:
    'What came before a connection broke stays, unless there is an `Upload-Checksum`. The last byte makes it a video. `POST` with `X-HTTP-Method-Override: PATCH` does the same.',
  params,
  headers: z.object({
    ...version,
    'upload-offset': byteCount.describe('Where these bytes go: what HEAD said'),
    'upload-checksum': checksum,
  }),
  bytes: [tusContentType],
  answers: { 204: { description: 'They are on the disk', headers: position }, ...mismatch },
  errors: [...missing, 'UPLOAD_OFFSET_MISMATCH', ...bytesErrors],
  examples: [
    {
      params: { uploadId: 'nothere' },
      headers: {
        'tus-resumable': tusVersion,
        'upload-offset': '0',
        'content-type': tusContentType,
      },
      status: 404,
    },
  ],
});

export const removeTusUpload = operation({
  id: 'removeTusUpload',
  method: 'DELETE',
  paths: ['/tus/:uploadId'],
  tag: 'tus',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'Give an unfinished upload up; its bytes go',
  params,
  headers: z.object(version),
  answers: { 204: { description: 'It is gone', headers: resumable } },
  errors: [...missing, 'UPLOAD_CONFLICT'],
  examples: [
    { params: { uploadId: 'nothere' }, headers: { 'tus-resumable': tusVersion }, status: 404 },
  ],
});
