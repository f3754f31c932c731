import type { JobView } from '../../../shared/contract/index.js';
import type { JobPageQuery } from '../../store/job-pages.js';
import { uploadStatesOf } from './arriving.js';
import type { JobContext } from '../context/context.js';
import { currentView } from './current-view.js';

/** Jobs, and what is to become one once its file is here: the newest first. */
export function pageOfJobs(context: JobContext, query: JobPageQuery): JobView[] {
  const { store } = context;
  const { states, after, ...wanted } = query;
  const arriving = store.promisedJobs.page({
    ...wanted,
    states: uploadStatesOf(states),
    before: after && after.createdAt,
  });
  const views = viewsOf(context, [...arriving, ...store.jobPages.page(query)]);
  if (arriving.length === 0) return views;
  return views
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
    .slice(0, query.limit);
}

/** Newest first. */
export function jobsOfVideo(context: JobContext, videoId: string): JobView[] {
  const all = { states: [], videoId, reader: null, after: null, limit: -1 };
  return viewsOf(context, context.store.jobPages.page(all));
}

function viewsOf(context: JobContext, ids: readonly string[]): JobView[] {
  return ids.flatMap((id) => currentView(context, id) ?? []);
}
