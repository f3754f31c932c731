import type { VideoView } from '../../shared/contract/index.js';
import type { Api } from '../api/client.js';

export interface Wanted {
  /** Of which each must begin a word of title, series or file name. */
  readonly words: readonly string[];
  /** A whole name, as a person writes it; `''`: of no series. */
  readonly series?: string;
}

/** The videos of the library that are like that, newest first. */
export async function findVideos(
  { words, series }: Wanted,
  api: Pick<Api, 'videos' | 'seriesNames'>,
): Promise<VideoView[]> {
  const search = { words: words.join(' ') };
  if (series === undefined) return api.videos(search);
  const names = await spellings(series, api);
  const found = await Promise.all(names.map((name) => api.videos({ ...search, series: name })));
  return found.flat().toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The daemon compares series letter by letter, as its index does; a person does not. */
async function spellings(series: string, api: Pick<Api, 'seriesNames'>): Promise<string[]> {
  if (series === '') return [''];
  const names = await api.seriesNames();
  return names.filter((name) => folded(name) === folded(series));
}

/** Also where one of both was typed on a Mac, which takes letters apart. */
function folded(name: string): string {
  return name.normalize().toLowerCase();
}
