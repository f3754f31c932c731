import { z } from 'zod';
import { crf, resolutionList } from './picture.js';
import { startUploadRequest } from './upload.js';

/** What of the tus protocol (https://tus.io/protocols/resumable-upload) is spoken here. */
export const tusVersion = '1.0.0';
export const tusExtensions = [
  'creation',
  'creation-with-upload',
  'checksum',
  'expiration',
  'termination',
] as const;
export const tusChecksumAlgorithms = ['sha1', 'sha256'] as const;
export const tusContentType = 'application/offset+octet-stream';

const start = startUploadRequest.shape;
const said = start.metadata.unwrap().shape;
const count = z
  .string()
  .regex(/^\d{1,6}$/, 'expected a whole number')
  .transform(Number);

/** Upload-Metadata, decoded. Other keys mean nothing here; an empty value says nothing. */
export const tusMetadata = z
  .object({
    ...said,
    season: count.pipe(said.season.unwrap()).optional(),
    episode: count.pipe(said.episode.unwrap()).optional(),
    resolutions: resolutionList.optional(),
    crf: z.coerce.number().pipe(crf).optional(),
    filename: start.filename,
    fingerprint: start.fingerprint,
  })
  .transform(({ filename, fingerprint, ...rest }) => ({ filename, fingerprint, metadata: rest }));
export type TusMetadata = z.output<typeof tusMetadata>;

/** Bytes of a file: fewer digits than a double holds exactly. */
export const byteCount = z
  .string()
  .regex(/^\d{1,15}$/, 'expected a whole number of bytes')
  .transform(Number);
