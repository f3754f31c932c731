import type { WorkView } from '../../../shared/contract/index.js';
import type { Scheduler } from './scheduler.js';
import type { WorkGate } from './work-gate.js';

/** What an admin does to all work at once. Each answers what may be worked at from now on. */
export interface WorkControl {
  view(): WorkView;
  pause(): WorkView;
  resume(): WorkView;
  drain(): WorkView;
}

/** `onDrained`: the last task that ran has ended, and none follows. */
export function workControl(
  gate: WorkGate,
  scheduler: Scheduler,
  onDrained: () => void,
): WorkControl {
  const changed = (change: () => void) => {
    change();
    scheduler.lookAtGate();
    return gate.view();
  };
  return {
    view: () => gate.view(),
    pause: () => changed(() => gate.pause()),
    resume: () => changed(() => gate.resume()),
    drain() {
      gate.drain();
      void scheduler.idle().then(onDrained);
      return gate.view();
    },
  };
}
