import type { Operation } from '../operation.js';
import * as jobs from './jobs.js';
import * as stream from './stream.js';
import * as transcode from './transcode.js';
import * as sessions from './sessions.js';
import * as upload from './upload.js';
import * as videos from './videos.js';

/** Every endpoint of the API, in the order in which the docs show them. */
export const operations: readonly Operation[] = [
  upload,
  jobs,
  transcode,
  stream,
  videos,
  sessions,
].flatMap((resource) => Object.values<Operation>(resource));
