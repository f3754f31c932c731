import { element } from './element.js';
import { libraryHash } from './route.js';

export function siteHeader(): HTMLElement {
  return element(
    'header',
    { class: 'site-header' },
    element('a', { class: 'site-name', href: libraryHash }, 'kdrama'),
  );
}
