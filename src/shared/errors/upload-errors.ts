import type { ErrorKind } from './error-kind.js';

/** Files on their way into the library. */
export const uploadErrors = {
  UPLOAD_FILE_TOO_LARGE: {
    status: 413,
    exit: 1,
    message: 'File size exceeds maximum allowed (2GB)',
    hint: 'Raise upload.maxBytes in config.toml (KDRAMA_UPLOAD_MAX_BYTES), or upload on the same machine, where only the disk limits.',
  },
  UPLOAD_INVALID_FORMAT: {
    status: 400,
    exit: 1,
    message: 'File format not supported',
    hint: 'Send a whole video file, for example MP4, MKV, WebM, MOV, TS or AVI; if it was cut off, copy or download it again.',
  },
  UPLOAD_CHUNK_MISSING: {
    status: 400,
    exit: 1,
    message: 'Required chunk not found',
    hint: 'GET the upload to see which chunks are missing and send those.',
  },
  UPLOAD_CHECKSUM_MISMATCH: {
    status: 400,
    exit: 1,
    message: 'Chunk integrity check failed',
    hint: 'Send the bytes again with their SHA-256 in hexadecimal.',
  },
  UPLOAD_CONFLICT: {
    status: 409,
    exit: 1,
    message: 'This part was already received with other bytes',
    hint: 'Abort the upload (DELETE) and start again if the file has changed.',
  },
  UPLOAD_QUOTA_EXCEEDED: {
    status: 413,
    exit: 1,
    message: 'Your videos and uploads may not take this much space',
    hint: 'Abort unfinished uploads, or ask the admin to remove videos or raise upload.quotaBytes.',
  },
  UPLOAD_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Upload not found',
    hint: 'Start the upload again; an unfinished one is kept for 24 hours.',
  },
  UPLOAD_EXPIRED: {
    status: 410,
    exit: 1,
    message: 'Upload has expired',
    hint: 'Start the upload again.',
  },
  UPLOAD_OFFSET_MISMATCH: {
    status: 409,
    exit: 1,
    message: 'The upload goes on at another byte',
    hint: 'HEAD it and send the bytes from its Upload-Offset on.',
  },
  UPLOAD_LOCKED: {
    status: 423,
    exit: 1,
    message: 'Another request goes on with this upload',
    hint: 'What came before is kept: HEAD it and go on from its Upload-Offset.',
  },
  TUS_VERSION_UNSUPPORTED: {
    status: 412,
    exit: 2,
    message: 'This version of tus is not spoken here',
    hint: 'Send "Tus-Resumable: 1.0.0".',
  },
  IMPORT_UNAVAILABLE: {
    status: 409,
    exit: 1,
    message: 'The daemon does not see this file as the client does',
    hint: 'Upload its bytes instead; "kdrama upload" does so by itself.',
  },
  SOURCE_CHANGED: {
    status: 409,
    exit: 1,
    message: 'The source file was changed or removed since it was added',
    hint: 'Put the original file back, or remove the video and upload it again.',
  },
  SOURCE_NOT_KEPT: {
    status: 410,
    exit: 1,
    message: 'The uploaded file of this video was not kept',
    hint: 'What is made of it plays on. To make it in another way, remove the video and upload the file again.',
  },
  WATCH_NOT_FOUND: {
    status: 404,
    exit: 3,
    message: 'Watched folder not found',
    hint: '"kdrama watch list" (GET /watches) shows them.',
  },
  WATCH_CONFLICT: {
    status: 409,
    exit: 1,
    message: 'This folder cannot be watched so',
    hint: 'Each file belongs to one watched folder: "kdrama watch list" shows them, "kdrama watch remove FOLDER" ends one.',
  },
  STORAGE_FULL: {
    status: 507,
    exit: 1,
    message: 'Not enough space on the disk',
    hint: 'Free some space, or set media.dir to a larger disk. What is here is kept.',
  },
  FILE_UNWRITABLE: {
    status: 400,
    exit: 1,
    message: 'File cannot be written',
    hint: 'Check that its directory is there, that you may write to it and that the disk has room.',
  },
  FILE_EXISTS: {
    status: 409,
    exit: 1,
    message: 'The file is there already',
    hint: 'Choose another name, or add --force to replace it.',
  },
  FILE_UNREADABLE: {
    status: 400,
    exit: 1,
    message: 'File cannot be read',
    hint: 'Check the path, and that the user who runs the daemon may read the file.',
  },
} as const satisfies Record<string, ErrorKind>;
