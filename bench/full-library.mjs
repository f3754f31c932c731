import Database from 'better-sqlite3';
import { built } from '../scripts/setup/build.mjs';

const tasksOfJob = 10;
const boundaries = JSON.stringify(Array.from({ length: 11 }, (_, n) => n * 540_000));
const picture = JSON.stringify({ kind: 'video', stream: 0, width: 1280, height: 720 });

/**
 * Makes a database as it is after so many episodes: a video, a finished job (some failed), a plan,
 * two renditions and ten tasks of each.
 * @param {string} path
 * @param {number} videos
 * @returns {Promise<{ jobId: string }>} one of the jobs
 */
export async function fillLibrary(path, videos) {
  const { openStore } = /** @type {typeof import('../src/daemon/store/store.js')} */ (
    await built('daemon/store/store.js')
  );
  openStore(path).close();
  const database = new Database(path);
  database.pragma('foreign_keys = OFF');
  database.transaction(() => insertAll(database, videos))();
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return { jobId: `job${videos / 2}` };
}

/**
 * @param {import('better-sqlite3').Database} database
 * @param {number} videos
 */
function insertAll(database, videos) {
  const video = database.prepare(
    `INSERT INTO videos (id, title, series, season, episode, filename, size_bytes, sha256,
       fingerprint, duration_ticks, poster_bytes, plan_id, created_at)
     VALUES (?, ?, ?, 1, ?, 'x.mkv', 1, ?, ?, 5400000, 1, ?, ?)`,
  );
  const plan = database.prepare(
    `INSERT INTO plans (id, video_id, target_ticks, boundaries, created_at)
     VALUES (?, ?, 540000, ?, 0)`,
  );
  const rendition = database.prepare(
    `INSERT INTO renditions (id, plan_id, kind, name, version, method, reason, position, traits,
       segments, init_bytes, segments_done)
     VALUES (?, ?, 'video', ?, 1, 'encoded', 'made up', ?, ?, 10, 1, 10)`,
  );
  const job = database.prepare(
    `INSERT INTO jobs (id, video_id, plan_id, settings, failure, progress, created_at, started_at,
       worked_at, playable_at, completed_at, ended_at)
     VALUES (?, ?, ?, '{}', ?, 100, ?, 1, 1, 1, ?, ?)`,
  );
  const task = database.prepare(
    `INSERT INTO tasks (job_id, kind, state, lane, rank) VALUES (?, 'encode', 'done', 'cpu', 2)`,
  );
  const failure = JSON.stringify({ code: 'TRANSCODE_FAILED', message: 'made up' });
  // Young enough to be remembered.
  const now = Date.now();
  for (let n = 0; n < videos; n++) {
    const [id, planId, jobId] = [`video${n}`, `plan${n}`, `job${n}`];
    const hasFailed = n % 100 === 0;
    const at = now - videos + n;
    video.run(id, `Episode ${n}`, `Series ${n % 500}`, n % 50, id, id, planId, at);
    plan.run(planId, id, boundaries);
    rendition.run(`${planId}a`, planId, '720p', 0, picture);
    rendition.run(`${planId}b`, planId, '360p', 1, picture);
    job.run(jobId, id, planId, hasFailed ? failure : null, at, hasFailed ? null : at, at);
    for (let each = 0; each < tasksOfJob; each++) task.run(jobId);
  }
}
