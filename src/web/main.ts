import { KdramaError } from '../shared/errors.js';
import { enter, fetchSession } from './api.js';
import { libraryPage } from './library/library-page.js';
import { errorPage } from './message-page.js';
import type { Page } from './page.js';
import { routeOf } from './route.js';
import { signInPage } from './sign-in-page.js';
import { watchPage } from './watch/watch-page.js';

let current: Page | undefined;

function show(page: Page): void {
  current?.close();
  current = page;
  document.title = page.title;
  document.getElementById('page')?.replaceChildren(page.element);
  window.scrollTo(0, 0);
}

/** Any page's way out: what stopped it is shown in its place. */
function fail(error: unknown): void {
  if (isSignedOut(error)) show(signInPage(false, navigate));
  else show(errorPage(error, () => void openWindow()));
}

function navigate(): void {
  const route = routeOf(location.hash);
  if (route.page === 'enter') void openWindow();
  else show(route.page === 'watch' ? watchPage(route.videoId, fail) : libraryPage(fail));
}

/** Signs in where the address says how, or finds out that this browser is signed in already. */
async function openWindow(): Promise<void> {
  const route = routeOf(location.hash);
  // The code leaves the address at once: neither history nor a shared screen keeps it.
  if (route.page === 'enter') history.replaceState(null, '', route.hash);
  try {
    await (route.page === 'enter' ? spend(route.code) : fetchSession());
    navigate();
  } catch (error) {
    if (route.page === 'enter' && isSignedOut(error)) show(signInPage(true, navigate));
    else fail(error);
  }
}

/** An address that was used before does no harm in a browser that is signed in. */
async function spend(code: string): Promise<void> {
  try {
    await enter({ code });
  } catch (error) {
    if (!(error instanceof KdramaError) || error.code !== 'AUTH_INVALID_CODE') throw error;
    await fetchSession();
  }
}

function isSignedOut(error: unknown): boolean {
  return error instanceof KdramaError && error.code === 'AUTH_INVALID_TOKEN';
}

window.addEventListener('hashchange', navigate);
void openWindow();
