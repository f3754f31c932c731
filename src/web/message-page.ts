import { KdramaError } from '../shared/errors.js';
import { element } from './element.js';
import type { Page } from './page.js';
import { siteHeader } from './site-header.js';

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

/** A heading and what belongs to it. */
export function messagePage(heading: string, ...content: HTMLElement[]): Page {
  const message = element('section', { class: 'message' }, element('h1', {}, heading), ...content);
  return { title: 'kdrama', element: element('div', {}, siteHeader(), message), close() {} };
}
