import type { Clock } from '../deps.js';
import { fileRow, type LiveFile } from '../ui/file-row.js';
import { openPicture } from '../ui/picture.js';
import { withFirstSign } from './first-sign.js';
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
  const { uploadFrame } = await withFirstSign(
    'live',
    terminal,
    () => import('../ui/upload-frame.js'),
  );
  const tracked = files.map((name) => trackFile(name, clock));
  const picture = openPicture(terminal, (size) => {
    const rows = tracked.map((each) => fileRow(each.current(), clock.now()));
    return uploadFrame({ rows, ...size, color });
  });
  const later: (() => void)[] = [];
  return {
    show(index, step) {
      tracked[index]?.show(step);
      picture.changed();
    },
    aside: (write) => void later.push(write),
    close() {
      picture.close();
      later.forEach((write) => write());
      return Promise.resolve();
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
