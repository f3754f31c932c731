import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { endlessTask } from '../support/tasks.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';

describeInBrowser('the page of the API docs', () => {
  let daemon: TestDaemon;
  let browser: Browser;
  let page: Page;
  let errors: string[];
  const origins = new Set<string>();

  beforeAll(async () => {
    daemon = await startTestDaemon({ runTask: endlessTask });
    browser = await launchBrowser();
    page = await browser.newPage();
    errors = consoleErrors(page);
    page.on('request', (request) => {
      if (!request.url().startsWith('data:')) origins.add(new URL(request.url()).origin);
    });
    await page.goto(`${daemon.url}/docs`);
    await page.getByRole('heading', { name: /kdrama/ }).waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await daemon.close();
  });

  test('shows every resource', async () => {
    for (const tag of ['upload', 'jobs', 'stream', 'videos', 'auth', 'operations']) {
      await page.locator(`#operations-tag-${tag}`).waitFor();
    }
  });

  test('sends a request with a bearer token and shows its answer', async () => {
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    await page.getByLabel('auth-bearer-value').fill(daemon.token);
    await page.getByRole('button', { name: 'Apply credentials' }).first().click();
    await page.getByRole('button', { name: 'Close' }).first().click();
    const operation = page.locator('#operations-jobs-listJobs');
    await operation.getByRole('button').first().click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table');
    await answer.waitFor();
    expect(await answer.textContent()).toContain('200');
    expect(await answer.textContent()).toContain('"jobs"');
    if (process.env['KDRAMA_SHOT']) await page.screenshot({ path: process.env['KDRAMA_SHOT'] });
  });

  test('asks nobody but the daemon, and breaks no rule of its own', () => {
    expect([...origins]).toEqual([daemon.url]);
    expect(errors).toEqual([]);
  });
});
