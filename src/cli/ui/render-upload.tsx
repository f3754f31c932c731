import { render } from 'ink';
import { UploadView, type UploadViewProps } from './upload-view.js';

/** A drawn view that can be drawn again with other properties, and left standing. */
export interface Drawn {
  redraw(props: UploadViewProps): void;
  close(): Promise<void>;
}

const framesPerSecond = 10;

/** Draws on stderr. Keys are not read, so that it needs no terminal on stdin. */
export function drawUpload(stderr: NodeJS.WriteStream, props: UploadViewProps): Drawn {
  const view = render(<UploadView {...props} />, {
    stdout: stderr,
    stderr,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: framesPerSecond,
  });
  return {
    redraw: (next) => view.rerender(<UploadView {...next} />),
    async close() {
      const ended = view.waitUntilExit();
      view.unmount();
      await ended;
    },
  };
}
