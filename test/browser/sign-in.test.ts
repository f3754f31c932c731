import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../support/daemon.js';
import { describeInBrowser, launchBrowser } from './support/browser.js';
import { consoleErrors } from './support/console-errors.js';

describeInBrowser('signing in', () => {
  let daemon: TestDaemon;
  let browser: Browser;

  beforeAll(async () => {
    [daemon, browser] = await Promise.all([startTestDaemon(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await daemon.close();
  });

  async function openWindow(address: string): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(address);
    return page;
  }

  test('a stranger is told how to get in, and sees nothing else', async () => {
    const page = await openWindow(daemon.url);
    await page.getByRole('heading', { name: 'Please sign in' }).waitFor();
    expect(await page.textContent('pre')).toBe('kdrama pair');
  });

  test('the printed address leads to the library and leaves no code behind', async () => {
    const page = await openWindow('about:blank');
    const errors = consoleErrors(page);
    await page.goto(daemon.signInCode().url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    expect(page.url()).toBe(`${daemon.url}/#/`);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    expect(errors).toEqual([]);
  });

  test('an address signs in one browser only', async () => {
    const { url } = daemon.signInCode();
    await (await openWindow(url)).getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    const second = await openWindow(url);
    await second.getByText('was used before').waitFor();
  });

  test('a browser that is signed in stays so, even with an address that was used', async () => {
    const { url } = daemon.signInCode();
    const page = await openWindow(url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    await page.goto('about:blank');
    await page.goto(url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
  });

  test('a code that is typed, in lower case, leads to the address that was asked for', async () => {
    const page = await openWindow(`${daemon.url}/#/watch/nothere`);
    const { code } = daemon.signInCode();
    await page.getByLabel('Code').fill(code.toLowerCase().replace('-', ''));
    await page.getByLabel('Code').press('Enter');
    await page.getByRole('heading', { name: 'Video not found' }).waitFor();
    expect(page.url()).toBe(`${daemon.url}/#/watch/nothere`);
  });

  test('a wrong code is said to be wrong, and the next one works', async () => {
    const page = await openWindow(daemon.url);
    await page.getByLabel('Code').fill('AAAA-AAAA');
    await page.getByRole('button', { name: 'Sign in' }).first().click();
    await page.getByRole('alert').getByText('This code is wrong').waitFor();
    await page.getByLabel('Code').fill(daemon.signInCode().code);
    await page.getByRole('button', { name: 'Sign in' }).first().click();
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
  });

  test('name and password lead in too', async () => {
    await daemon.fetch('/users', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'mina', password: 'rain on the roof', role: 'user' }),
    });
    const page = await openWindow(daemon.url);
    await page.getByText('Sign in with name and password').click();
    await page.getByLabel('Name').fill('mina');
    await page.getByLabel('Password').fill('rain on the roof');
    await page.getByLabel('Password').press('Enter');
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
  });

  test('a device that is revoked is asked to sign in again', async () => {
    const page = await openWindow(daemon.signInCode().url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    const { devices } = (await (await daemon.fetch('/devices')).json()) as {
      devices: { id: string }[];
    };
    for (const { id } of devices) await daemon.fetch(`/devices/${id}`, { method: 'DELETE' });
    await page.getByRole('heading', { name: 'Please sign in' }).waitFor();
  });

  test('the library says what to do when the daemon is gone, and goes on when it is back', async () => {
    const page = await openWindow(daemon.signInCode().url);
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.getByRole('heading', { name: 'The daemon cannot be reached' }).waitFor();
    await page.unroute('**/api/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Nothing to watch yet' }).waitFor();
  });
});
