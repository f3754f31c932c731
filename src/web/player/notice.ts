import { element, setText } from '../element.js';

export interface Notice {
  readonly element: HTMLElement;
  hide(): void;
  /** A turning wheel, with a sentence where there is one. */
  showWaiting(sentence: string): void;
  /** A sentence that stays, with a button. */
  showProblem(sentence: string, retry: () => void): void;
}

/** What lies over the picture while there is none. */
export function notice(): Notice {
  const wheel = element('span', { class: 'wheel', 'aria-hidden': 'true' });
  const text = element('p', { class: 'notice-text', role: 'status' });
  const button = element('button', { class: 'button', type: 'button' }, 'Try again');
  const frame = element('div', { class: 'notice', hidden: true }, wheel, text, button);
  let onRetry: (() => void) | undefined;
  button.addEventListener('click', () => onRetry?.());

  function show(sentence: string, isProblem: boolean): void {
    frame.hidden = false;
    frame.classList.toggle('is-problem', isProblem);
    wheel.hidden = isProblem;
    button.hidden = !isProblem;
    setText(text, sentence);
  }
  return {
    element: frame,
    hide: () => (frame.hidden = true),
    showWaiting: (sentence) => show(sentence, false),
    showProblem(sentence, retry) {
      onRetry = retry;
      show(sentence, true);
    },
  };
}
