/** One thing the window shows. `close` ends its timers, listeners and playback. */
export interface Page {
  readonly title: string;
  readonly element: HTMLElement;
  close(): void;
}
