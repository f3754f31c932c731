import type { Clock } from '../deps.js';
import { fileRow, type LiveFile } from '../ui/file-row.js';
import type { Progress } from './progress.js';
import { RateMeter } from './rate.js';
import { isMoving, type Step } from './step.js';

/** One live picture of all files on a terminal. Ink costs 600 ms: it is loaded only here. */
export async function liveProgress(
  terminal: NodeJS.WriteStream,
  files: readonly string[],
  clock: Clock,
  color: boolean,
): Promise<Progress> {
  const { drawUpload } = await import('../ui/render-upload.js');
  const tracked = files.map((name) => trackFile(name, clock));
  const props = () => ({
    rows: tracked.map((each) => fileRow(each.current(), clock.now())),
    columns: terminal.columns,
    lines: terminal.rows,
    color,
  });
  const view = drawUpload(terminal, props());
  const later: (() => void)[] = [];
  return {
    show(index, step) {
      tracked[index]?.show(step);
      view.redraw(props());
    },
    aside: (write) => void later.push(write),
    async close() {
      await view.close();
      later.forEach((write) => write());
    },
  };
}

function trackFile(name: string, clock: Clock) {
  let current: LiveFile = { name, step: { name: 'waiting' }, bytesPerSecond: null };
  let meter = new RateMeter();
  return {
    current: () => current,
    show(step: Step): void {
      if (step.name !== current.step.name) meter = new RateMeter();
      const rate = isMoving(step) ? meter.add(clock.monotonic(), step.bytes) : null;
      current = { ...current, step, bytesPerSecond: rate };
    },
  };
}
