import type { WorkView } from '../../shared/contract/index.js';

/**
 * Why less is made than could be, for a person; undefined when nothing is held back. A daemon of before
 * there was such a thing says nothing.
 */
export function workWords(work: WorkView | undefined): string | undefined {
  switch (work?.state) {
    case 'quiet': {
      const until = work.until === null ? '' : ` until ${clockTime(new Date(work.until))}`;
      return `Quiet hours${until}: only what someone waits for and the beginnings of episodes are made.`;
    }
    case 'paused':
      return 'Everything is paused; "kdrama resume --all" goes on.';
    case 'draining':
      return 'The daemon ends when what runs is done.';
    default:
      return undefined;
  }
}

function clockTime(at: Date): string {
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
