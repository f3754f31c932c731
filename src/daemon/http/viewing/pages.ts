import { extname, join } from 'node:path';
import { Hono, type Context } from 'hono';
import { KdramaError } from '../../../shared/errors.js';
import { openRegularFile } from '../../streaming/file-bytes.js';
import type { AppEnv } from '../env.js';
import { sendFile } from '../answer/file-response.js';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Only our own files, nothing inline: what a title or a subtitle says can never run. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // hls.js feeds the player through a MediaSource (blob:), works in a worker made from one, and gives
  // each subtitle track an empty file (data:,WEBVTT) before it adds cues.
  "media-src 'self' blob: data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The page and what it is made of: the files that lie directly in `webDirectory`; the route's pattern
 * lets no name lead out of it. Addresses with `?v=` name one build for good; all others are asked for again each time.
 */
export function pageRoutes(webDirectory: string): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => sendPage(c, webDirectory, 'index.html'))
    .get('/:file{[A-Za-z0-9_-][A-Za-z0-9._-]*[.][a-z0-9]+}', (c) =>
      sendPage(c, webDirectory, c.req.param('file')),
    );
}

/** One file of the built pages. Throws NOT_FOUND. */
export async function sendPage(c: Context, directory: string, file: string): Promise<Response> {
  const contentType = types[extname(file)];
  if (contentType === undefined) throw new KdramaError('NOT_FOUND', c.req.path);
  const path = join(directory, file);
  const etag = await buildTag(path);
  c.header('Content-Security-Policy', contentSecurityPolicy);
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Referrer-Policy', 'no-referrer');
  const isVersioned = c.req.query('v') !== undefined && !file.endsWith('.html');
  const cacheControl = isVersioned ? 'public, max-age=31536000, immutable' : 'no-cache';
  return sendFile(c, { path, contentType, etag, cacheControl });
}

/** A build writes its files anew, so size and time tell one from another. */
async function buildTag(path: string): Promise<string> {
  const { handle, sizeBytes, modifiedMs } = await openRegularFile(path);
  await handle.close();
  return `${sizeBytes.toString(36)}-${modifiedMs.toString(36)}`;
}
