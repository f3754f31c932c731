import { KdramaError } from '../../shared/errors.js';
import type { Deps } from '../deps.js';
import { ask, isAnyoneThere } from './ask.js';

export interface Question {
  readonly text: string;
  /** The option that answers it beforehand. */
  readonly option: string;
}

/**
 * Whether the person at the terminal says yes. Throws COMMAND_INVALID where there is no terminal to ask
 * on, the signal's reason on Ctrl-C.
 */
export async function confirm(
  { text, option }: Question,
  deps: Pick<Deps, 'stdin' | 'stderr' | 'signal'>,
): Promise<boolean> {
  if (isAnyoneThere(deps)) return ask(text, deps);
  throw new KdramaError('COMMAND_INVALID', 'there is no terminal to ask on', {
    hint: `Add ${option} to say yes beforehand.`,
  });
}
