import type { VideoMetadata } from '../../shared/contract/index.js';
import type { Step } from '../progress/step.js';
import { addFile, type Added, type Adding } from './add-file.js';
import { inspectFile } from './local-file.js';
import { sendStream, type StreamUpload } from './send-stream.js';

/** What stands for standard input among the names of files. */
export const stdinName = '-';

export interface Sources extends Omit<Adding, 'onStep'> {
  readonly cwd: string;
  readonly metadata: VideoMetadata;
  /** undefined: standard input is none of the files. */
  readonly stdin: StreamUpload | undefined;
}

/** Brings what was named on the command line into the library: a file, or what comes from a pipe. */
export async function addNamed(
  named: string,
  sources: Sources,
  onStep: (step: Step) => void,
): Promise<Added> {
  const { stdin, metadata, cwd } = sources;
  if (named !== stdinName || stdin === undefined) {
    return addFile(await inspectFile(named, cwd), { ...sources, onStep });
  }
  const sending = (bytes: number) => onStep({ name: 'sending', bytes, sizeBytes: null });
  return { ...(await sendStream(stdin, metadata, sending)), via: 'stream' };
}
