import { element } from '../element.js';

export function emptyLibrary(): HTMLElement {
  return element(
    'section',
    { class: 'message' },
    element('h1', {}, 'Nothing to watch yet'),
    element('p', {}, 'Add an episode from a terminal; it appears here and plays seconds later.'),
    element('pre', {}, element('code', {}, 'kdrama upload episode1.mp4')),
  );
}
