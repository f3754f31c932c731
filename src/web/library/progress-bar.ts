import { element } from '../element.js';

export interface ProgressBar {
  readonly element: HTMLElement;
  /** A fraction from 0 to 1; null hides the bar. */
  show(fraction: number | null): void;
}

/** A thin line; `label` says to a screen reader what it measures. */
export function progressBar(className: string, label: string): ProgressBar {
  const fill = element('span', { class: 'bar-fill' });
  const bar = element(
    'span',
    {
      class: `bar ${className}`,
      role: 'progressbar',
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      hidden: true,
    },
    fill,
  );
  return {
    element: bar,
    show(fraction) {
      bar.hidden = fraction === null;
      const percent = Math.round((fraction ?? 0) * 1000) / 10;
      bar.setAttribute('aria-valuenow', String(Math.round(percent)));
      fill.style.width = `${percent}%`;
    },
  };
}
