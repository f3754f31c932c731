import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { EpisodeName } from '../../../../src/shared/episode-name/episode-name.js';
import { parseEpisodeName } from '../../../../src/shared/episode-name/parse-episode-name.js';

/** A line of one of the tables beside this file; README.md there says what is expected and why. */
export interface NameRow {
  readonly path: string;
  readonly expected: EpisodeName;
}

export function nameTable(name: 'first-half' | 'set-aside' | 'later'): NameRow[] {
  const text = readFileSync(new URL(`${name}.tsv`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').slice(1).map(rowOf);
}

function rowOf(line: string): NameRow {
  const [path = '', ...cells] = line.split('\t');
  const text = (column: number) => cells[column] ?? '';
  const number = (column: number) => (text(column) === '' ? null : Number(text(column)));
  return {
    path,
    expected: {
      series: text(0),
      season: number(1),
      episode: number(2),
      lastEpisode: number(3),
      date: text(4),
      resolution: text(5),
      language: text(6),
      group: text(7),
      episodeTitle: text(8),
    },
  };
}

/** The rows whose name is read otherwise than expected, in any field. */
export function misread(rows: readonly NameRow[]) {
  return rows
    .map(({ path, expected }) => ({ path, expected, found: parseEpisodeName(path) }))
    .filter(({ expected, found }) => !isDeepStrictEqual(found, expected));
}
