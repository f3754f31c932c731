import { z } from 'zod';
import { operation } from '../operation.js';
import {
  chunkResponse,
  completeUploadRequest,
  importAccepted,
  importRequest,
  sha256Hex,
  startUploadRequest,
  startUploadResponse,
  uploadAccepted,
  uploadStatus,
  wholeUploadQuery,
} from '../upload.js';

const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const uploadParams = z.object({ uploadId: z.string() });

export const startUpload = operation({
  id: 'startUpload',
  method: 'POST',
  paths: ['/upload/start'],
  tag: 'upload',
  access: 'uploader',
  summary: 'Start a chunked upload',
  description:
    'With the same fingerprint, size and chunk size it answers with the unfinished upload of that file.',
  body: startUploadRequest,
  answers: { 200: { description: 'Where each chunk goes', schema: startUploadResponse } },
  errors: [
    'UPLOAD_INVALID_FORMAT',
    'UPLOAD_FILE_TOO_LARGE',
    'UPLOAD_QUOTA_EXCEEDED',
    'STORAGE_FULL',
  ],
  startsWork: true,
  examples: [
    {
      body: {
        filename: 'episode1.mp4',
        totalSize: 1_500_000_000,
        chunkSize: 5_242_880,
        metadata: { title: 'Episode 1', series: 'Rain', season: 1, episode: 1 },
      },
      status: 200,
    },
    { body: { filename: 'notes.txt', totalSize: 10, chunkSize: 10 }, status: 400 },
  ],
});

export const sendChunk = operation({
  id: 'sendChunk',
  method: 'POST',
  paths: ['/upload/chunk/:uploadId/:chunkIndex'],
  tag: 'upload',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'Send one chunk, in any order',
  params: z.object({ uploadId: z.string(), chunkIndex: z.string() }),
  headers: z.object({
    'x-chunk-checksum': z
      .string()
      .optional()
      .meta({ description: 'SHA-256 of the chunk in hexadecimal; required' }),
  }),
  bytes: ['application/octet-stream', 'multipart/form-data'],
  answers: { 200: { description: 'It is on the disk', schema: chunkResponse } },
  errors: [
    'UPLOAD_NOT_FOUND',
    'UPLOAD_EXPIRED',
    'UPLOAD_CHECKSUM_MISMATCH',
    'UPLOAD_CONFLICT',
    'REQUEST_TIMEOUT',
    'UPLOAD_INVALID_FORMAT',
    'STORAGE_FULL',
  ],
  examples: [
    {
      params: { uploadId: 'nothere', chunkIndex: 0 },
      headers: { 'X-Chunk-Checksum': sha256OfNothing },
      status: 404,
    },
  ],
});

export const completeUpload = operation({
  id: 'completeUpload',
  method: 'POST',
  paths: ['/upload/complete/:uploadId'],
  tag: 'upload',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'All chunks are there: make it a video',
  params: uploadParams,
  body: completeUploadRequest,
  answers: {
    202: { description: 'The video is there, its job has begun', schema: uploadAccepted },
  },
  errors: [
    'UPLOAD_NOT_FOUND',
    'UPLOAD_EXPIRED',
    'UPLOAD_CHUNK_MISSING',
    'UPLOAD_CHECKSUM_MISMATCH',
    'UPLOAD_INVALID_FORMAT',
    'UPLOAD_CONFLICT',
  ],
  startsWork: true,
  examples: [
    { params: { uploadId: 'nothere' }, body: { finalChecksum: sha256OfNothing }, status: 404 },
  ],
});

export const uploadState = operation({
  id: 'uploadState',
  method: 'GET',
  paths: ['/upload/:uploadId'],
  tag: 'upload',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'What is there and which chunks are missing',
  params: uploadParams,
  answers: { 200: { description: 'Its state', schema: uploadStatus } },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_EXPIRED'],
  examples: [{ params: { uploadId: 'nothere' }, status: 404 }],
});

export const abortUpload = operation({
  id: 'abortUpload',
  method: 'DELETE',
  paths: ['/upload/:uploadId'],
  tag: 'upload',
  access: 'uploader',
  concealed: 'UPLOAD_NOT_FOUND',
  summary: 'Give an unfinished upload up; its bytes go',
  params: uploadParams,
  answers: { 204: { description: 'It is gone' } },
  errors: ['UPLOAD_NOT_FOUND', 'UPLOAD_EXPIRED', 'UPLOAD_CONFLICT'],
  examples: [{ params: { uploadId: 'nothere' }, status: 404 }],
});

export const uploadWhole = operation({
  id: 'uploadWhole',
  method: 'PUT',
  paths: ['/upload'],
  tag: 'upload',
  access: 'uploader',
  summary: 'A whole file in one request, as `curl -T` sends it',
  query: wholeUploadQuery,
  headers: z.object({
    'x-checksum': sha256Hex.optional().meta({ description: 'SHA-256 of the whole file' }),
    'x-chunk-checksum': sha256Hex.optional().meta({ description: 'The same, as for a chunk' }),
  }),
  bytes: ['application/octet-stream'],
  answers: {
    202: { description: 'The video is there, its job has begun', schema: uploadAccepted },
  },
  errors: [
    'UPLOAD_INVALID_FORMAT',
    'UPLOAD_FILE_TOO_LARGE',
    'UPLOAD_QUOTA_EXCEEDED',
    'UPLOAD_CHECKSUM_MISMATCH',
    'STORAGE_FULL',
  ],
  examples: [{ query: { filename: 'notes.txt' }, status: 400 }],
});

export const importFile = operation({
  id: 'importFile',
  method: 'POST',
  paths: ['/import'],
  tag: 'upload',
  access: 'admin',
  summary: 'Take a file of this machine by its path: no bytes travel',
  body: importRequest,
  answers: {
    202: { description: 'Follow it at `Location`, the upload', schema: importAccepted },
  },
  errors: [
    'FILE_UNREADABLE',
    'IMPORT_UNAVAILABLE',
    'UPLOAD_INVALID_FORMAT',
    'UPLOAD_CONFLICT',
    'SOURCE_CHANGED',
    'STORAGE_FULL',
  ],
  startsWork: true,
  examples: [{ body: { path: 'relative.mkv' }, status: 400 }],
});
