import type { JobEncoding } from '../../store/jobs.js';
import type { EncodingReport } from '../../worker/task.js';

/** What encoded a job's chunks, with one more of them. */
export function addEncoding(before: JobEncoding | null, report: EncodingReport): JobEncoding {
  const { encoders, failures } = before ?? { encoders: [], failures: [] };
  const parts = new Map(report.failures.map(({ part, reason }) => [part, reason]));
  return {
    encoders: addOne(encoders, ({ name }) => name === report.encoder, { name: report.encoder }),
    failures: [...parts].reduce(
      (sum, [part, reason]) => addOne(sum, (each) => each.part === part, { part, reason }),
      failures,
    ),
  };
}

/** Counts a chunk to the entry that is its own, in its place, or to a new one. */
function addOne<Entry extends { readonly chunks: number }>(
  entries: readonly Entry[],
  isOwn: (entry: Entry) => boolean,
  facts: Omit<Entry, 'chunks'>,
): readonly Entry[] {
  const own = entries.find(isOwn);
  const counted = { ...facts, chunks: (own?.chunks ?? 0) + 1 } as Entry;
  return own === undefined
    ? [...entries, counted]
    : entries.map((entry) => (entry === own ? counted : entry));
}
