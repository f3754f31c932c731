import { keyCommand, type Command } from './key-command.js';

/** Sends the player's keys to `run`, wherever on the page the focus is, until `signal` ends. */
export function listenToKeys(run: (command: Command) => void, signal: AbortSignal): void {
  document.addEventListener(
    'keydown',
    (event) => {
      const command = keyCommand(event);
      if (command === undefined || belongsToFocus(event)) return;
      event.preventDefault();
      run(command);
    },
    { signal },
  );
}

/** A focused button has its own space bar, the volume slider its own arrows. */
function belongsToFocus({ key, target }: KeyboardEvent): boolean {
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement)
    return key === ' ';
  return target instanceof HTMLInputElement && !target.classList.contains('seek-range');
}
