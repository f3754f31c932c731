import type { JobPlan, SegmentState } from '../../shared/contract/index.js';
import type { Env } from '../deps.js';
import { useColor } from '../progress/mode.js';
import { displayWidth, fitWidth } from './display-width.js';

/** What a cell looks like in each state. */
export type StripSigns = Readonly<Record<SegmentState, string>>;

const blocks: StripSigns = { made: '█', running: '▒', waiting: '·', failed: '✗' };
const ascii: StripSigns = { made: '#', running: '>', waiting: '.', failed: 'x' };

/** Pure: blocks where the terminal says that it has them. */
export function stripSigns(env: Env): StripSigns {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const isPlain = !useColor(env) || env['TERM'] === 'dumb';
  return !isPlain && /utf-?8/i.test(locale) ? blocks : ascii;
}

/** No line is longer: what a person can take in, and what a log is read with. */
const widest = 80;

/** Pure: the plan as a line for each rendition, from the first segment to the last, and a legend. */
export function stripLines(
  { renditions }: Pick<JobPlan, 'renditions'>,
  columns: number,
  signs: StripSigns,
): string[] {
  if (renditions.length === 0) return [];
  const nameWidth = Math.max(...renditions.map(({ name }) => displayWidth(name)));
  const room = Math.max(1, Math.min(columns, widest) - nameWidth - 2);
  const lengths = renditions.map(({ runs }) => runs.reduce((sum, run) => sum + run.segments, 0));
  const cells = Math.min(room, Math.max(...lengths));
  const lines = renditions.map(
    ({ name, runs }) => `${name.padEnd(nameWidth)}  ${strip(runs, cells, signs)}`,
  );
  const legend = Object.entries(signs).map(([state, sign]) => `${sign} ${state}`);
  return [...lines, fitWidth(legend.join('  '), columns)];
}

type Runs = JobPlan['renditions'][number]['runs'];

function strip(runs: Runs, cells: number, signs: StripSigns): string {
  const states = runs.flatMap(({ state, segments }) =>
    Array.from({ length: segments }, () => state),
  );
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * states.length) / cells);
    const to = Math.max(from + 1, Math.ceil(((cell + 1) * states.length) / cells));
    return signs[stateOf(states.slice(from, to))];
  }).join('');
}

/** One cell for several segments: a failure is never hidden, and made means all of them. */
function stateOf(states: readonly SegmentState[]): SegmentState {
  if (states.includes('failed')) return 'failed';
  if (states.includes('running')) return 'running';
  return states.includes('waiting') ? 'waiting' : 'made';
}
