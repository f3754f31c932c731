import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from './deps.js';

export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    try {
      await after(milliseconds, undefined, signal && { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
