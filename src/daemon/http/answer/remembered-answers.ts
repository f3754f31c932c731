import type { Clock } from '../../clock.js';
import type { AnswerName, AnswerStore, StoredAnswer } from '../../store/answers.js';

/** How long the same key gets the same answer. */
const rememberedMs = 24 * 60 * 60 * 1000;

export interface RememberedAnswers {
  find(name: AnswerName): StoredAnswer | undefined;
  remember(name: AnswerName, answer: StoredAnswer): void;
  /** Marks that a request of this name is being answered; undefined when one is already. */
  begin(name: AnswerName): (() => void) | undefined;
}

/**
 * The answers of the last 24 hours, in the database: they outlive the daemon. What is being answered
 * is known in memory only, for when the daemon dies nothing is being answered any more.
 */
export function rememberedAnswers(
  store: AnswerStore,
  { now }: Pick<Clock, 'now'>,
): RememberedAnswers {
  const underWay = new Set<string>();
  return {
    find: (name) => store.find(name, now() - rememberedMs),
    remember(name, answer) {
      store.forget(now() - rememberedMs);
      store.put(name, answer, now());
    },
    begin({ viewer, operation, key }) {
      const name = JSON.stringify([viewer, operation, key]);
      if (underWay.has(name)) return undefined;
      underWay.add(name);
      return () => underWay.delete(name);
    },
  };
}
