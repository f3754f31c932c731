import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import type { SubtitleAttached, SubtitleList } from '../../../shared/contract/index.js';
import type { Input } from '../../../shared/contract/operation.js';
import {
  attachSubtitle,
  listSubtitles,
  removeSubtitle,
  subtitleSource,
} from '../../../shared/contract/operations/subtitles.js';
import { KdramaError } from '../../../shared/errors.js';
import { isScript } from '../../../shared/renditions.js';
import { languageOfWord } from '../../../shared/sidecars/language-words.js';
import { encodingNamed, encodings } from '../../../shared/text-encodings.js';
import { subtitleOriginalName } from '../../layout.js';
import type { Catalogue } from '../../library/catalogue.js';
import type { Services } from '../../services.js';
import type { Video } from '../../store/videos.js';
import { attachSubtitle as attach } from '../../subtitles/attach.js';
import { removeSubtitle as remove } from '../../subtitles/remove.js';
import { attachedView, insideViews } from '../../subtitles/view.js';
import { contentDisposition } from '../answer/content-disposition.js';
import { sendFile } from '../answer/file-response.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';
import { readBody } from '../request/body.js';
import { demandOwnVideo } from './own-video.js';

export type SubtitleRouteParts = Pick<Services, 'store' | 'layout' | 'bus' | 'clock' | 'quota'> & {
  readonly catalogue: Catalogue;
};

/** Of texts some hundred kilobytes are usual. */
const limits = { maxBytes: 10 * 1024 * 1024, timeLimitMs: 120_000 };

/** Subtitle files of a video: added, listed, fetched as they came, removed. */
export function subtitleRoutes(parts: SubtitleRouteParts): Hono<AppEnv> {
  const { catalogue, store, quota } = parts;
  const app = new Hono<AppEnv>();
  endpoint(app, attachSubtitle, async (c, { params: { id }, query }) => {
    const { owner } = demandOwnVideo(c, parts, id);
    const said = saidBy(query);
    const bytes = await readBody(c.env.incoming, limits);
    const { subtitle, ...attached } = await quota.during(owner, bytes.length, () =>
      attach(parts, id, { ...said, bytes }),
    );
    const answer: SubtitleAttached = { subtitle: attachedView(subtitle), ...attached };
    return c.json(answer, answer.created ? 201 : 200);
  });
  endpoint(app, listSubtitles, (c, { params }) => {
    const { video } = catalogue.get(params.id);
    const plan = video.planId === null ? undefined : store.plans.find(video.planId);
    const inside = plan && insideViews(store.renditions.ofPlan(plan.id), plan.unshownSubtitles);
    const beside = store.subtitles.ofVideo(video.id).map(attachedView);
    c.header('Cache-Control', 'no-store');
    return c.json({ subtitles: [...(inside ?? []), ...beside] } satisfies SubtitleList);
  });
  endpoint(app, subtitleSource, (c, { params }) =>
    sendOriginal(c, parts, catalogue.get(params.id).video, params.subtitleId),
  );
  endpoint(app, removeSubtitle, async (c, { params: { id, subtitleId } }) => {
    demandOwnVideo(c, parts, id);
    await remove(parts, id, subtitleId);
    return c.body(null, 204);
  });
  return app;
}

/** Throws VALIDATION_FAILED for a language or an encoding that nobody knows. */
function saidBy({
  filename,
  language,
  encoding,
  label,
  ...flags
}: Input<typeof attachSubtitle>['query']) {
  const tag = language === undefined ? undefined : languageOfWord(language);
  if (language !== undefined && tag === undefined) {
    throw new KdramaError(
      'VALIDATION_FAILED',
      `language: ${language} is none, expected ko or Korean`,
    );
  }
  const known = encoding === undefined ? undefined : encodingNamed(encoding);
  if (encoding !== undefined && known === undefined) {
    throw new KdramaError('VALIDATION_FAILED', `encoding: expected one of ${encodings.join(', ')}`);
  }
  const [isForced, isSdh] = [flags.forced, flags.sdh].map((flag) => flag && flag === 'true');
  return { filename, language: tag, encoding: known, label, ...{ isForced, isSdh } } as const;
}

/** A file beside the video by its id, a script inside it by the name of its rendition. */
function sendOriginal(
  c: Context<AppEnv>,
  { store, layout }: SubtitleRouteParts,
  video: Video,
  id: string,
): Promise<Response> {
  const as = { contentType: 'application/octet-stream', cacheControl: 'private, no-cache' };
  const beside = store.subtitles.ofVideo(video.id).find((each) => each.id === id);
  if (beside !== undefined) {
    return sendFile(c, {
      ...as,
      path: join(layout.subtitle(video.id, beside.id), subtitleOriginalName),
      sizeBytes: beside.sizeBytes,
      etag: beside.sha256,
      disposition: contentDisposition(beside.filename.slice(beside.filename.lastIndexOf('/') + 1)),
    });
  }
  const inside = store.renditions.ofPlan(video.planId ?? '').find(({ name }) => name === id);
  if (inside?.traits.kind !== 'subtitle' || !isScript(inside.traits)) {
    throw new KdramaError('SUBTITLE_NOT_FOUND', id);
  }
  return sendFile(c, {
    ...as,
    path: layout.script(video.id, inside.traits.stream),
    etag: `${video.id}.${id}`,
    disposition: contentDisposition(`${id}.ass`),
  });
}
