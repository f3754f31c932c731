const idleAfterMs = 2_500;

export interface Idle {
  wake(): void;
  /** Hides the controls at once if that is allowed now. */
  sleep(): void;
  readonly isIdle: boolean;
}

/**
 * Marks `frame` as idle (its controls and pointer hide) while nobody touches anything and `mayIdle`
 * agrees. Keyboard focus counts as touching when it moves.
 */
export function watchIdle(frame: HTMLElement, mayIdle: () => boolean, signal: AbortSignal): Idle {
  let timer: number | undefined;
  const sleep = () => {
    if (mayIdle()) frame.classList.add('is-idle');
  };
  const wake = () => {
    clearTimeout(timer);
    frame.classList.remove('is-idle');
    timer = setTimeout(sleep, idleAfterMs);
  };
  frame.addEventListener('pointermove', ({ pointerType }) => pointerType === 'mouse' && wake());
  frame.addEventListener('focusin', wake);
  document.addEventListener('keydown', wake, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  wake();
  return {
    wake,
    sleep,
    get isIdle() {
      return frame.classList.contains('is-idle');
    },
  };
}
