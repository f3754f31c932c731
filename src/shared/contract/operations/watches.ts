import { z } from 'zod';
import { operation } from '../operation.js';
import {
  newWatchRequest,
  watchedFileList,
  watchedFilesQuery,
  watchList,
  watchView,
} from '../watches.js';

const watchParams = z.object({ id: z.string() });
const noStore = { 'Cache-Control': 'no-store' };
/** All of them name paths. */
const onThisMachine = 'Only on the machine of the daemon.';

export const listWatches = operation({
  id: 'listWatches',
  method: 'GET',
  paths: ['/watches'],
  tag: 'watches',
  access: 'admin',
  summary: 'The watched folders',
  description: onThisMachine,
  answers: { 200: { description: 'By path', schema: watchList, headers: noStore } },
  examples: [{ status: 200 }],
});

export const addWatch = operation({
  id: 'addWatch',
  method: 'POST',
  paths: ['/watches'],
  tag: 'watches',
  access: 'admin',
  summary: 'Watch a folder: its files become videos by themselves',
  description: `${onThisMachine} A file is taken when it has stood still and can be read to its end. The same folder again changes how it is watched and is looked through at once; \`once\` leaves one that is watched already as it is.`,
  body: newWatchRequest,
  answers: { 200: { description: 'It is watched', schema: watchView } },
  errors: ['FILE_UNREADABLE', 'WATCH_CONFLICT'],
  startsWork: true,
  examples: [
    { body: { path: 'Videos' }, status: 400 },
    { body: { path: '/no/such/folder', mode: 'move' }, status: 400 },
  ],
});

export const showWatch = operation({
  id: 'showWatch',
  method: 'GET',
  paths: ['/watches/:id'],
  tag: 'watches',
  access: 'admin',
  summary: 'One watched folder, also one that has ended',
  description: onThisMachine,
  params: watchParams,
  answers: { 200: { description: 'How it is', schema: watchView, headers: noStore } },
  errors: ['WATCH_NOT_FOUND'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});

export const watchFiles = operation({
  id: 'watchFiles',
  method: 'GET',
  paths: ['/watches/:id/files'],
  tag: 'watches',
  access: 'admin',
  summary: 'What became of each file of a watched folder',
  description: `${onThisMachine} Each file ends in one video or one reason.`,
  params: watchParams,
  query: watchedFilesQuery,
  answers: { 200: { description: 'By path', schema: watchedFileList, headers: noStore } },
  errors: ['WATCH_NOT_FOUND'],
  examples: [
    { params: { id: 'nothere' }, query: { state: 'refused' }, status: 404 },
    { params: { id: 'nothere' }, query: { state: 'lost' }, status: 400 },
  ],
});

export const removeWatch = operation({
  id: 'removeWatch',
  method: 'DELETE',
  paths: ['/watches/:id'],
  tag: 'watches',
  access: 'admin',
  summary: 'Watch a folder no longer; its files and their videos stay',
  description: `${onThisMachine} What config.toml names is removed there.`,
  params: watchParams,
  answers: { 204: { description: 'It is forgotten' } },
  errors: ['WATCH_NOT_FOUND', 'WATCH_CONFLICT'],
  examples: [{ params: { id: 'nothere' }, status: 404 }],
});
