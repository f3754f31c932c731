import { z } from 'zod';
import { burnSubtitles, ladders, loudnesses } from './job-settings.js';
import { notifyUrl } from './notify-url.js';
import { crf, preset, resolutionList, resolutions } from './picture.js';

export const maxChunkBytes = 64 * 1024 * 1024;
export const maxChunks = 65_536;
export const sha256Hex = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, 'expected a SHA-256 of 64 hexadecimal digits')
  .transform((text) => text.toLowerCase());

/**
 * What becomes of an uploaded file once all of its episode is made and verified. `copied`: it goes when
 * all of its picture, sound and text were copied · `never`: it goes, whatever was encoded.
 */
export const keepSources = ['always', 'copied', 'never'] as const;
export type KeepSource = (typeof keepSources)[number];

/** What a client may say about an episode; what it leaves out, the file's name and folders say. */
export const videoMetadata = z
  .object({
    title: z.string().max(500).optional(),
    series: z.string().max(500).optional(),
    season: z.number().int().min(0).max(10_000).optional(),
    episode: z.number().int().min(0).max(100_000).optional(),
    description: z.string().max(10_000).optional(),
    notifyUrl: notifyUrl.optional(),
    resolutions: resolutions.optional(),
    crf: crf.optional(),
    preset: preset.optional(),
    ladder: z.enum(ladders).optional(),
    loudness: z.enum(loudnesses).optional(),
    burnSubtitles: burnSubtitles.optional(),
    keepSource: z.enum(keepSources).optional(),
  })
  .meta({ id: 'VideoMetadata' });
export type VideoMetadata = z.infer<typeof videoMetadata>;

export const startUploadRequest = z
  .object({
    filename: z.string().min(1).max(1024),
    totalSize: z.number().int().min(0),
    chunkSize: z.number().int().min(1).max(maxChunkBytes),
    metadata: videoMetadata.default({}),
    /** See shared/fingerprint.ts: lets a new process find the unfinished upload of the same file. */
    fingerprint: z.string().max(128).optional(),
  })
  .refine((body) => Math.ceil(body.totalSize / body.chunkSize) <= maxChunks, {
    path: ['chunkSize'],
    message: `expected at most ${maxChunks} chunks: use larger chunks`,
  });
export type StartUploadRequest = z.input<typeof startUploadRequest>;

export const startUploadResponse = z
  .object({
    uploadId: z.string(),
    chunkUrls: z.array(z.string()),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'UploadStarted' });
export type StartUploadResponse = z.infer<typeof startUploadResponse>;

export const chunkResponse = z
  .object({
    chunkIndex: z.number().int(),
    received: z.literal(true),
    checksum: z.string(),
  })
  .meta({ id: 'ChunkReceived' });
export type ChunkResponse = z.infer<typeof chunkResponse>;

export const completeUploadRequest = z.object({ finalChecksum: sha256Hex });

/** 202 of complete, of a one-request upload and (status `importing`) of an import. */
export const uploadAccepted = z
  .object({
    uploadId: z.string(),
    videoId: z.string(),
    status: z.literal('processing'),
    transcodingJobId: z.string(),
  })
  .meta({ id: 'CompleteUpload' });
export type UploadAccepted = z.infer<typeof uploadAccepted>;

/** PUT /upload: what a client says of the file beside its bytes. */
export const wholeUploadQuery = z
  .object({
    filename: z.string().min(1).max(1024),
    title: z.string().max(500).optional(),
    series: z.string().max(500).optional(),
    season: z.coerce.number().int().min(0).max(10_000).optional(),
    episode: z.coerce.number().int().min(0).max(100_000).optional(),
    description: z.string().max(10_000).optional(),
    notifyUrl: notifyUrl.optional(),
    resolutions: resolutionList.optional(),
    crf: z.coerce.number().pipe(crf).optional(),
    preset: preset.optional(),
    ladder: z.enum(ladders).optional(),
    loudness: z.enum(loudnesses).optional(),
    burnSubtitles: burnSubtitles.optional(),
    keepSource: z.enum(keepSources).optional(),
  })
  .meta({ id: 'UploadAccepted' });

/** Both sides' view of one file; equal views mean that both see the same bytes. */
export const fileIdentity = z
  .object({
    device: z.number(),
    inode: z.number(),
    sizeBytes: z.number().int().min(0),
    mtimeMs: z.number(),
  })
  .meta({ id: 'FileIdentity' });
export type FileIdentity = z.infer<typeof fileIdentity>;

export const importRequest = z
  .object({
    path: z.string().min(1).max(4096),
    identity: fileIdentity.optional(),
    link: z.boolean().default(false),
    filename: z.string().min(1).max(1024).optional(),
    metadata: videoMetadata.default({}),
  })
  .meta({ id: 'ImportFile' });
export type ImportRequest = z.input<typeof importRequest>;

export const importAccepted = z
  .object({
    uploadId: z.string(),
    status: z.literal('importing'),
  })
  .meta({ id: 'ImportAccepted' });
export type ImportAccepted = z.infer<typeof importAccepted>;

export const uploadStates = ['open', 'importing', 'complete', 'failed', 'aborted'] as const;
export type UploadState = (typeof uploadStates)[number];

/** GET /upload/:uploadId: what is there and what is missing, for resuming and for watching imports. */
export const uploadStatus = z
  .object({
    uploadId: z.string(),
    state: z.enum(uploadStates),
    filename: z.string(),
    totalSize: z.number(),
    chunkSize: z.number().nullable(),
    receivedBytes: z.number(),
    missingChunks: z.array(z.number().int()),
    expiresAt: z.iso.datetime(),
    videoId: z.string().nullable(),
    transcodingJobId: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'Upload' });
export type UploadStatus = z.infer<typeof uploadStatus>;
