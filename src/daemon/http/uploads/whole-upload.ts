import { Hono } from 'hono';
import { z } from 'zod';
import { sha256Hex } from '../../../shared/contract/index.js';
import type { Uploads } from '../../uploads/uploads.js';
import { announcedBytes, bodyPieces } from '../request/body.js';
import type { AppEnv } from '../env.js';
import { parseInput } from '../request/parse-input.js';
import { ownerOf } from './own-upload.js';
import { uploadAccepted } from './uploads.js';

const query = z.object({
  filename: z.string().min(1).max(1024),
  title: z.string().max(500).optional(),
  series: z.string().max(500).optional(),
  season: z.coerce.number().int().min(0).max(10_000).optional(),
  episode: z.coerce.number().int().min(0).max(100_000).optional(),
  description: z.string().max(10_000).optional(),
  checksum: sha256Hex.optional(),
});

/** `curl -T episode.mp4 …/upload?filename=…`: the whole file in one request. */
export function wholeUploadRoutes(uploads: Uploads): Hono<AppEnv> {
  return new Hono<AppEnv>().put('/upload', async (c) => {
    const { filename, checksum, ...metadata } = parseInput(query, {
      ...c.req.query(),
      checksum: c.req.header('x-checksum'),
    });
    const { incoming } = c.env;
    const upload = await uploads.receiveWhole({
      filename,
      checksum,
      metadata,
      ...ownerOf(c),
      announcedBytes: announcedBytes(incoming),
      pieces: bodyPieces(incoming),
    });
    return uploadAccepted(c, upload);
  });
}
