import { element } from '../element.js';
import { icon, type IconName } from './icon.js';

export interface IconButton {
  readonly element: HTMLButtonElement;
  /** `label` names what a press will do, `key` the key that does the same. */
  show(name: IconName, label: string, key?: string): void;
}

export function iconButton(className: string, onPress: () => void): IconButton {
  const button = element('button', { class: `control ${className}`, type: 'button' });
  button.addEventListener('click', onPress);
  let shown: string | undefined;
  return {
    element: button,
    show(name, label, key) {
      button.setAttribute('aria-label', label);
      button.title = key === undefined ? label : `${label} (${key})`;
      if (shown === name) return;
      shown = name;
      button.replaceChildren(icon(name));
    },
  };
}
