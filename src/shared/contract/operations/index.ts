import type { Operation } from '../operation.js';
import * as upload from './upload.js';

/** Every endpoint of the API, in the order in which the docs show them. */
export const operations: readonly Operation[] = [upload].flatMap((resource) =>
  Object.values<Operation>(resource),
);
