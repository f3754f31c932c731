import { jobSettings, type JobSettings } from '../../../shared/contract/index.js';
import { KdramaError } from '../../../shared/errors.js';
import { newId } from '../../../shared/ids.js';
import { localOwner } from '../../../shared/job-wish.js';
import { languageTag } from '../../../shared/language.js';
import type { Job } from '../../store/jobs.js';
import { announce } from '../views/announce.js';
import { addCallback } from '../views/callbacks.js';
import { extendLadder } from './extend-ladder.js';
import type { JobContext } from '../context/context.js';
import { demandSource } from '../ended/give-up-source.js';
import { idTaken } from './id-taken.js';
import { addNextTasks } from '../states/next-tasks.js';
import { playNewest } from '../ended/play-newest.js';
import { letRead } from './readers.js';
import { takeUpAgain } from './retry.js';
import type { Jobs } from '../service.js';
import { wholePictures, withoutIdleWishes } from './same-settings.js';
import { priorityNumber } from '../views/view.js';

/** See Jobs.submit. Throws JOB_STATE_CONFLICT when the wanted id names another job. */
export function submitJob(
  context: JobContext,
  request: Parameters<Jobs['submit']>[0],
): ReturnType<Jobs['submit']> {
  const { store, bus } = context;
  return store.transaction(() => {
    const video = store.videos.find(request.videoId);
    if (video === undefined) {
      throw new KdramaError('STREAM_VIDEO_NOT_FOUND');
    }
    const { meant, fresh } = wishOf(context, request);
    const existing = findExisting(context, request, meant) ?? findExisting(context, request, fresh);
    const named = request.jobId === undefined ? undefined : store.jobs.findByName(request.jobId);
    if (named !== undefined && named.id !== existing?.id) {
      throw idTaken(request.jobId ?? named.id);
    }
    if (existing !== undefined) {
      // Whoever was promised this id finds the job under it.
      if (request.jobId !== undefined && named === undefined) {
        store.jobs.addName(request.jobId, existing.id);
      }
      if (request.onlyExisting !== true) askAgain(context, existing);
      if (request.settings?.ladder === 'full' && existing.settings.ladder === 'on-demand') {
        if (request.onlyExisting === true) throw ofSomebodyElse();
        demandSource(video);
        extendLadder(context, existing);
      }
      join(context, existing, request);
      return { jobId: existing.id, created: false };
    }
    if (request.onlyExisting === true) throw ofSomebodyElse();
    demandSource(video);
    const job = insertJob(context, { ...request, settings: fresh });
    addNextTasks(store, job);
    announce(context, job, 'job.created');
    store.afterCommit(() => bus.emit('work'));
    return { jobId: job.id, created: true };
  });
}

/** See Jobs.settingsOf. */
export function settingsOf(
  context: JobContext,
  request: Parameters<Jobs['submit']>[0],
): readonly JobSettings[] {
  const { meant, fresh } = wishOf(context, request);
  return [meant, fresh];
}

interface SettingsWish {
  /** Without what is so anyway in the plan that is there: what its job is found by. */
  readonly meant: JobSettings;
  /** What a new job gets: without what the daemon does by itself, while no plan shows what that is. */
  readonly fresh: JobSettings;
}

/**
 * Who may not have a video made in another way asks for it as it is made, unless they say more. Who leaves
 * the loudness, the quality or burned subtitles open means those that are there.
 */
function wishOf(
  { store, defaultLadder, sound, picture }: JobContext,
  { videoId, settings, onlyExisting }: Parameters<Jobs['submit']>[0],
): SettingsWish {
  const newest = store.jobs.findByEither(videoId)?.settings;
  if (onlyExisting === true && settings === undefined && newest !== undefined) {
    return { meant: newest, fresh: newest };
  }
  const { loudness = newest?.loudness, burnSubtitles = newest?.burnSubtitles } = settings ?? {};
  const { crf = newest?.crf, preset = newest?.preset } = settings ?? {};
  const asked = jobSettings.parse({
    ...{ ladder: defaultLadder, ...settings, crf, preset },
    loudness: loudness === sound.loudness ? undefined : loudness,
    burnSubtitles: burnedLanguage(burnSubtitles),
  });
  const whole = wholePictures(store, videoId);
  return {
    meant: withoutIdleWishes(asked, whole, picture),
    fresh: whole === undefined ? withoutIdleWishes(asked, undefined, picture) : asked,
  };
}

/** One track has one name: `kor` is `ko`. */
function burnedLanguage(wish: string | undefined): string | undefined {
  return wish === undefined || wish === 'off' ? undefined : languageTag(wish);
}

/** Who leaves the ladder open means the one that is there, whatever the default has become. */
function findExisting(
  { store }: JobContext,
  { videoId, settings: asked }: Parameters<Jobs['submit']>[0],
  wanted: JobSettings,
): Job | undefined {
  const found = store.jobs.findBySettings(videoId, wanted);
  if (found !== undefined || asked?.ladder !== undefined) return found;
  const ladder = wanted.ladder === 'copy' ? 'full' : 'copy';
  return store.jobs.findBySettings(videoId, { ...wanted, ladder });
}

function ofSomebodyElse(): KdramaError {
  return new KdramaError('STREAM_ACCESS_DENIED', 'somebody else added it', {
    hint: 'Ask for the settings that its job has, or ask an admin to have it made in another way.',
  });
}

/** What was made in another way since is played as it was made before, once that is ready. */
function askAgain(context: JobContext, { id, videoId }: Job): void {
  const { store, clock } = context;
  takeUpAgain(context, id);
  if (store.jobs.findByEither(videoId)?.id === id) return;
  store.jobs.askAgain(id, clock.now());
  playNewest(context, videoId);
}

/** Asking for what is there changes who reads and is told, and of one's own job the run it belongs to. */
function join(
  context: JobContext,
  { id, owner }: Job,
  { notifyUrl, workflow, owner: asker = localOwner }: Parameters<Jobs['submit']>[0],
): void {
  letRead(context.store, id, asker);
  if (workflow !== undefined && owner === asker) {
    context.store.jobs.setWorkflow(id, workflow);
    announce(context, { id }, 'job.changed');
  }
  if (notifyUrl !== undefined) addCallback(context, id, notifyUrl, asker);
}

function insertJob(
  context: JobContext,
  request: Parameters<Jobs['submit']>[0] & Pick<Job, 'settings'>,
): Job {
  const { store, clock } = context;
  const id = request.jobId ?? newId();
  const { videoId, settings, priority = 'normal' } = request;
  store.jobs.insert({
    id,
    videoId,
    settings,
    priority: priorityNumber(priority),
    owner: request.owner ?? localOwner,
    workflow: request.workflow ?? null,
    useGpu: request.useGpu ?? context.defaultUseGpu,
    createdAt: clock.now(),
  });
  const { owner = localOwner, notifyUrl } = request;
  if (notifyUrl !== undefined) addCallback(context, id, notifyUrl, owner);
  const job = store.jobs.find(id);
  if (job === undefined) throw new Error(`job ${id} was not stored`);
  return job;
}
