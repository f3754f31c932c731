import type { Step } from './step.js';

/** Shows how the files of one upload get on. */
export interface Progress {
  show(file: number, step: Step): void;
  /** Writes something that must not be drawn over: at once, or when the live view has ended. */
  aside(write: () => void): void;
  close(): Promise<void>;
}

/** For `--json` and `-q`: nothing is shown. */
export const noProgress: Progress = {
  show: () => undefined,
  aside: (write) => write(),
  close: () => Promise.resolve(),
};
