import type { Clock } from '../../clock.js';
import type { Tools } from '../ffmpeg/tool-pair.js';
import type { EncoderFinding } from './describe.js';
import { Rests } from './rests.js';

/** The hardware encoders of this process. */
export interface Hardware {
  /** What was found, once for a process; undefined as long as there is no ffmpeg. Never rejects. */
  readonly find: () => Promise<readonly EncoderFinding[] | undefined>;
  readonly rests: Rests;
}

export interface HardwareParts {
  readonly findTools: () => Promise<Tools | undefined>;
  readonly look: (tools: Tools) => Promise<readonly EncoderFinding[]>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Is told once of what was found, and when looking failed: then there is none. */
  readonly onFound?: (found: readonly EncoderFinding[]) => void;
  readonly onError?: (error: unknown) => void;
}

/** Trying encoders takes a second, so it waits until somebody asks for one, and is done once. */
export function hardwareOf(parts: HardwareParts): Hardware {
  const { findTools, look, clock, onFound = () => undefined, onError = () => undefined } = parts;
  const find = async () => {
    const tools = await findTools().catch((error: unknown) => {
      onError(error);
      return undefined;
    });
    if (tools === undefined) {
      looking = undefined;
      return undefined;
    }
    const found = await look(tools).catch((error: unknown): readonly EncoderFinding[] => {
      onError(error);
      return [];
    });
    onFound(found);
    return found;
  };
  let looking: ReturnType<typeof find> | undefined;
  return {
    rests: new Rests(clock),
    find: () => (looking ??= find()),
  };
}

/** Where nothing was found. */
export function noHardware(clock: Pick<Clock, 'monotonic'>): Hardware {
  return { rests: new Rests(clock), find: () => Promise.resolve([]) };
}
