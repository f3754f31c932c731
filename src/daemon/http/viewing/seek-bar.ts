import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import {
  storyboardSheet,
  videoChapters,
  videoStoryboard,
} from '../../../shared/contract/operations/seek-bar.js';
import { KdramaError } from '../../../shared/errors.js';
import { sheetFileName, type Layout } from '../../layout.js';
import type { Catalogue } from '../../library/catalogue.js';
import { chaptersTrack } from '../../streaming/chapters-track.js';
import { storyboardTrack } from '../../streaming/storyboard-track.js';
import { sendFile } from '../answer/file-response.js';
import { sendText } from '../answer/text-response.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';

export interface SeekBarParts {
  readonly catalogue: Catalogue;
  readonly layout: Layout;
}

/** Another plan has other pictures, which lie elsewhere. */
const track = { contentType: 'text/vtt; charset=utf-8', cacheControl: 'private, no-cache' };

/** What a seek bar shows of a video: small pictures and chapters. */
export function seekBarRoutes(parts: SeekBarParts): Hono<AppEnv> {
  const { catalogue } = parts;
  const app = new Hono<AppEnv>();
  endpoint(app, videoStoryboard, (c, { params }) => {
    const { storyboard, endTicks } = storyboardOf(catalogue, params.id);
    const uri = (sheet: number) => `storyboard/${storyboard.version}/${sheetFileName(sheet)}`;
    return sendText(c, storyboardTrack(storyboard, endTicks, uri), track);
  });
  endpoint(app, storyboardSheet, (c, { params }) => sendSheet(c, parts, params));
  endpoint(app, videoChapters, (c, { params }) => {
    const chapters = catalogue.chaptersOf(catalogue.get(params.id).video);
    if (chapters.length === 0) throw new KdramaError('NOT_FOUND', 'it has no chapters');
    return sendText(c, chaptersTrack(chapters), track);
  });
  return app;
}

function storyboardOf(catalogue: Catalogue, id: string) {
  const found = catalogue.storyboardOf(catalogue.get(id).video);
  if (found === undefined) throw new KdramaError('NOT_FOUND', 'it has no storyboard yet');
  return found;
}

function sendSheet(
  c: Context<AppEnv>,
  { catalogue, layout }: SeekBarParts,
  { id, version, sheet }: { id: string; version: string; sheet: string },
): Promise<Response> {
  const { storyboard, videoId, planId } = storyboardOf(catalogue, id);
  const number = storyboard.sheetBytes.findIndex((_, each) => sheetFileName(each) === sheet);
  const sizeBytes = storyboard.sheetBytes[number];
  if (version !== storyboard.version || sizeBytes === undefined) throw new KdramaError('NOT_FOUND');
  return sendFile(c, {
    path: join(layout.storyboard(videoId, planId, version), sheet),
    sizeBytes,
    contentType: 'image/jpeg',
    etag: `${version}.${number}`,
    cacheControl: 'private, max-age=31536000, immutable',
  });
}
