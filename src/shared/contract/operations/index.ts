import type { Operation } from '../operation.js';
import * as jobs from './jobs.js';
import * as upload from './upload.js';

/** Every endpoint of the API, in the order in which the docs show them. */
export const operations: readonly Operation[] = [upload, jobs].flatMap((resource) =>
  Object.values<Operation>(resource),
);
