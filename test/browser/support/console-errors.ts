import type { Page } from 'playwright-core';

/**
 * Everything the page complains of, from now on. The answer "still being made" (503) to a segment is
 * no complaint: Chromium writes one line for every answer that is not a success.
 */
export function consoleErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    const isPending =
      /\.(m4s|mp4|vtt)$/.test(message.location().url) && message.text().includes('503');
    if (message.type() === 'error' && !isPending) errors.push(message.text());
  });
  return errors;
}
