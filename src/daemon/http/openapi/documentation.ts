import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { docs, openApi } from '../../../shared/contract/operations/documentation.js';
import { operations } from '../../../shared/contract/operations/index.js';
import { sendBytes } from '../answer/file-response.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { sendPage } from '../viewing/pages.js';

/** The contract for programs and, as a page, for people. */
export function documentationRoutes(webDirectory: string): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  let written: ReturnType<typeof writeDocument> | undefined;
  endpoint(app, openApi, async (c) => sendBytes(c, await (written ??= writeDocument())));
  endpoint(app, docs, (c) => sendPage(c, webDirectory, 'docs.html'));
  return app;
}

/** Made when it is first asked for: a start of the daemon does not wait for it. */
async function writeDocument() {
  const { openApiDocument } = await import('./document.js');
  const bytes = new Uint8Array(Buffer.from(JSON.stringify(openApiDocument(operations))));
  return {
    bytes,
    contentType: 'application/json',
    etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    cacheControl: 'no-cache',
  };
}
