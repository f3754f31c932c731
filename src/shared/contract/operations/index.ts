import type { Operation } from '../operation.js';
import * as auth from './auth.js';
import * as documentation from './documentation.js';
import * as events from './events.js';
import * as health from './health.js';
import * as jobs from './jobs.js';
import * as stream from './stream.js';
import * as subtitles from './subtitles.js';
import * as system from './system.js';
import * as transcode from './transcode.js';
import * as seekBar from './seek-bar.js';
import * as sessions from './sessions.js';
import * as tokens from './tokens.js';
import * as tus from './tus.js';
import * as upload from './upload.js';
import * as users from './users.js';
import * as videos from './videos.js';
import * as watches from './watches.js';
import * as webhooks from './webhooks.js';
import * as work from './work.js';

/** Every endpoint of the API, in the order in which the docs show them. */
export const operations: readonly Operation[] = [
  upload,
  tus,
  jobs,
  events,
  webhooks,
  transcode,
  stream,
  videos,
  seekBar,
  subtitles,
  watches,
  sessions,
  auth,
  users,
  tokens,
  work,
  health,
  system,
  documentation,
].flatMap((resource) => Object.values<Operation>(resource));
