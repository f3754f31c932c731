import { element } from '../element.js';
import { icon } from './icon.js';
import { nextItem } from './menu-keys.js';

export interface MenuItem {
  readonly label: string;
  /** Smaller, behind the label. */
  readonly detail?: string;
  readonly chosen: boolean;
}

/** A button that opens a list of which one item is chosen. */
export class Menu {
  readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly list: HTMLElement;
  private items: readonly MenuItem[] = [];

  constructor(
    private readonly name: string,
    face: Node | string,
    private readonly onChoose: (index: number) => void,
  ) {
    this.button = element(
      'button',
      {
        class: 'control menu-button',
        type: 'button',
        title: name,
        'aria-label': name,
        'aria-haspopup': 'menu',
        'aria-expanded': 'false',
      },
      face,
    );
    this.list = element('div', {
      class: 'menu-list',
      role: 'menu',
      'aria-label': name,
      hidden: true,
    });
    this.element = element('div', { class: 'menu' }, this.button, this.list);
    this.button.addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget as Node | null)) this.close();
    });
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** What can be chosen; nothing to choose hides the menu. `face` is what the button says. */
  show(items: readonly MenuItem[], face?: string): void {
    this.element.hidden = items.length === 0;
    if (face !== undefined) this.button.textContent = face;
    if (JSON.stringify(items) === JSON.stringify(this.items)) return;
    this.items = items;
    const focused = this.entries.indexOf(document.activeElement as HTMLElement);
    this.list.replaceChildren(
      element('p', { class: 'menu-title', 'aria-hidden': 'true' }, this.name),
      ...items.map((item, index) => this.entry(item, index)),
    );
    if (focused !== -1) this.entries[focused]?.focus();
  }

  close(): void {
    this.list.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  private open(): void {
    this.list.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    const chosen = this.items.findIndex((item) => item.chosen);
    this.entries[Math.max(0, chosen)]?.focus();
  }

  private entry({ label, detail, chosen }: MenuItem, index: number): HTMLElement {
    const entry = element(
      'button',
      {
        class: 'menu-item',
        type: 'button',
        role: 'menuitemradio',
        'aria-checked': String(chosen),
        tabindex: -1,
      },
      icon('chosen'),
      element('span', { class: 'menu-label' }, label),
    );
    if (detail !== undefined) entry.append(element('span', { class: 'menu-detail' }, detail));
    entry.addEventListener('click', () => {
      this.onChoose(index);
      this.button.focus();
      this.close();
    });
    return entry;
  }

  private get entries(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>('.menu-item'));
  }

  /** Keys of an open menu are its own: the player's arrows must not seek at the same time. */
  private onKey(event: KeyboardEvent): void {
    if (!this.isOpen) return;
    if (event.key === 'Escape') {
      this.button.focus();
      this.close();
    } else {
      const { entries } = this;
      const from = entries.indexOf(document.activeElement as HTMLElement);
      const next = nextItem(event.key, from, entries.length);
      if (next === undefined) return;
      entries[next]?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
