import { KdramaError } from '../shared/errors.js';
import { element } from './element.js';
import type { Page } from './page.js';
import { siteHeader } from './site-header.js';

/** How a browser that is not signed in gets in. `refused`: the code it came with was not accepted. */
export function signInPage(refused: boolean): Page {
  const reason = refused
    ? 'This address was used before or is too old. Each one signs in one browser, once.'
    : 'This library is private.';
  return messagePage(
    'Please sign in',
    element('p', {}, reason),
    element(
      'p',
      {},
      'On the computer that holds the library, run the command below and open the address that it prints.',
    ),
    element('pre', {}, element('code', {}, 'kdrama start')),
  );
}

/** An error in words, with a way to try again. */
export function errorPage(error: unknown, retry: () => void): Page {
  const button = element('button', { class: 'button', type: 'button' }, 'Try again');
  button.addEventListener('click', retry);
  const hint = error instanceof KdramaError ? (error.hint ?? '') : '';
  return messagePage(sentenceOf(error), element('p', {}, hint), button);
}

/** One sentence for people: what an error says, without a code. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function messagePage(heading: string, ...content: HTMLElement[]): Page {
  const message = element('section', { class: 'message' }, element('h1', {}, heading), ...content);
  return { title: 'kdrama', element: element('div', {}, siteHeader(), message), close() {} };
}
