import type { JobSettings, Ladder, Workflow } from '../../shared/contract/index.js';
import type { TaskKind } from '../../shared/states.js';
import {
  fromOverviewRow,
  fromRow,
  settingsText,
  type Failure,
  type JobEncoding,
  type Job,
  type JobOverview,
  type NewJob,
  type OverviewRow,
  type Row,
} from './job.js';
import type { Connection } from './open.js';

export type { Failure, Job, JobEncoding, JobOverview, NewJob } from './job.js';

const overview = `
  SELECT j.*, v.title,
    (SELECT group_concat(DISTINCT t.kind) FROM tasks t
     WHERE t.job_id = j.id AND t.state = 'running') AS running_kinds,
    CASE WHEN j.completed_at IS NULL AND j.worked_at IS NOT NULL THEN
      (SELECT t.kind FROM tasks t WHERE t.job_id = j.id AND t.state IN ('queued', 'cancelled', 'failed')
       ORDER BY t.rank, t.first_segment, t.id LIMIT 1) END AS next_kind
  FROM jobs j JOIN videos v ON v.id = j.video_id`;

export type JobStore = ReturnType<typeof jobStore>;

export function jobStore(connection: Connection) {
  return { ...jobReads(connection), ...jobWrites(connection) };
}

function jobReads(connection: Connection) {
  const byId = connection.prepare<[string], Row>(`SELECT * FROM jobs WHERE id = ?`);
  const byName = connection.prepare<[string], Row>(
    `SELECT j.* FROM job_names n JOIN jobs j ON j.id = n.job_id WHERE n.name = ?`,
  );
  const byPlan = connection.prepare<[string], Row>(
    `SELECT * FROM jobs WHERE plan_id = ? ORDER BY created_at DESC LIMIT 1`,
  );
  const newestOf = connection.prepare<[string], Row>(
    `SELECT * FROM jobs WHERE video_id = ? ORDER BY asked_at DESC, rowid DESC LIMIT 1`,
  );
  const newestReady = connection.prepare<[string], Row>(
    `SELECT * FROM jobs WHERE video_id = ? AND completed_at IS NOT NULL
     ORDER BY asked_at DESC, rowid DESC LIMIT 1`,
  );
  const idOf = connection
    .prepare<[{ id: string }], string | null>(
      `SELECT coalesce(
         (SELECT id FROM jobs WHERE id = @id),
         (SELECT job_id FROM job_names WHERE name = @id),
         (SELECT id FROM jobs WHERE video_id = @id ORDER BY asked_at DESC, rowid DESC LIMIT 1))`,
    )
    .pluck();
  const bySettings = connection.prepare<[string, string], Row>(
    `SELECT * FROM jobs WHERE video_id = ? AND settings = ?`,
  );
  const unfinished = connection.prepare<[], Row>(
    `SELECT * FROM jobs WHERE completed_at IS NULL ORDER BY created_at`,
  );
  const live = connection.prepare<[number], Row>(
    `SELECT * FROM jobs WHERE ended_at IS NULL AND paused = 0 AND plan_id IS NOT NULL
     ORDER BY priority, created_at LIMIT ?`,
  );
  const overviewOf = connection.prepare<[string], OverviewRow>(`${overview} WHERE j.id = ?`);
  const ofVideo = connection.prepare<[string], Row>(`SELECT * FROM jobs WHERE video_id = ?`);
  return {
    find: (id: string): Job | undefined => optional(byId.get(id)),
    /** By its id, or another name that it was given. */
    findByName: (name: string): Job | undefined => optional(byId.get(name) ?? byName.get(name)),
    /** By the id or a name of a job, or the id of a video: then the one last asked for. */
    findByEither: (id: string): Job | undefined =>
      optional(byId.get(id) ?? byName.get(id) ?? newestOf.get(id)),
    /** Of the same job, without reading it. */
    idOfEither: (id: string): string | undefined => idOf.get({ id }) ?? undefined,
    findByPlan: (planId: string): Job | undefined => optional(byPlan.get(planId)),
    findBySettings: (videoId: string, settings: JobSettings): Job | undefined =>
      optional(bySettings.get(videoId, settingsText(settings))),
    /** Of those of a video that are ready the one last asked for. */
    newestReady: (videoId: string): Job | undefined => optional(newestReady.get(videoId)),
    unfinished: (): Job[] => unfinished.all().map(fromRow),
    /** Planned, and neither paused nor ended: the most important first, then the oldest. */
    live: (limit: number): Job[] => live.all(limit).map(fromRow),
    overview(id: string): JobOverview | undefined {
      const row = overviewOf.get(id);
      return row && fromOverviewRow(row);
    },
    ofVideo: (videoId: string): Job[] => ofVideo.all(videoId).map(fromRow),
  };
}

function jobWrites(connection: Connection) {
  const insert = connection.prepare(
    `INSERT INTO jobs (id, video_id, settings, ladder, priority, owner, workflow, use_gpu, created_at, asked_at)
     VALUES (@id, @videoId, @settings, @ladder, @priority, @owner, @workflow, @useGpu, @createdAt, @createdAt)`,
  );
  const askAgain = connection.prepare(
    `UPDATE jobs SET asked_at = max(@now,
       (SELECT max(asked_at) + 1 FROM jobs o WHERE o.video_id = jobs.video_id)) WHERE id = @id`,
  );
  const addName = connection.prepare(`INSERT INTO job_names (name, job_id) VALUES (?, ?)`);
  const setPlan = connection.prepare(`UPDATE jobs SET plan_id = ? WHERE id = ?`);
  const setPaused = connection.prepare(`UPDATE jobs SET paused = ? WHERE id = ?`);
  const setLadder = connection.prepare(`UPDATE jobs SET ladder = ? WHERE id = ?`);
  const setPriority = connection.prepare(`UPDATE jobs SET priority = ? WHERE id = ?`);
  const setWorkflow = connection.prepare(`UPDATE jobs SET workflow = ? WHERE id = ?`);
  const setEncoding = connection.prepare(`UPDATE jobs SET encoding = ? WHERE id = ?`);
  const cancel = connection.prepare(
    `UPDATE jobs SET cancelled_at = @now, ended_at = @now, paused = 0 WHERE id = @id`,
  );
  const fail = connection.prepare(
    `UPDATE jobs SET failure = @failure, ended_at = @now, paused = 0
     WHERE id = @id AND failure IS NULL AND cancelled_at IS NULL`,
  );
  const reopen = connection.prepare(
    `UPDATE jobs SET failure = NULL, cancelled_at = NULL, completed_at = NULL, ended_at = NULL
     WHERE id = ?`,
  );
  const claimed = connection.prepare(
    `UPDATE jobs SET started_at = coalesce(started_at, @now),
       worked_at = CASE WHEN @isProbe THEN worked_at ELSE coalesce(worked_at, @now) END
     WHERE id = @id`,
  );
  const playable = connection.prepare(
    `UPDATE jobs SET playable_at = ? WHERE id = ? AND playable_at IS NULL`,
  );
  const notPlayable = connection.prepare(`UPDATE jobs SET playable_at = NULL WHERE id = ?`);
  const complete = connection.prepare(
    `UPDATE jobs SET completed_at = @now, ended_at = @now, progress = 100
     WHERE id = @id AND completed_at IS NULL`,
  );
  const raiseProgress = connection.prepare(
    `UPDATE jobs SET progress = @progress WHERE id = @id AND progress < @progress`,
  );
  return {
    insert(job: NewJob): void {
      insert.run({
        ...job,
        settings: settingsText(job.settings),
        ladder: job.settings.ladder,
        workflow: job.workflow && JSON.stringify(job.workflow),
        useGpu: job.useGpu ? 1 : 0,
      });
    },
    /** Later than any other of its video, whatever the clock says. */
    askAgain: (id: string, now: number): void => {
      askAgain.run({ id, now });
    },
    /** Somebody asked under this name for what this job is already. */
    addName: (name: string, id: string): void => {
      addName.run(name, id);
    },
    setPlan: (id: string, planId: string): boolean => setPlan.run(planId, id).changes === 1,
    setPaused: (id: string, paused: boolean): boolean =>
      setPaused.run(paused ? 1 : 0, id).changes === 1,
    /** Between `full` and `on-demand`: both make the same plan. */
    setLadder: (id: string, ladder: Exclude<Ladder, 'copy'>): boolean =>
      setLadder.run(ladder, id).changes === 1,
    setPriority: (id: string, priority: number): boolean =>
      setPriority.run(priority, id).changes === 1,
    setWorkflow: (id: string, workflow: Workflow | null): boolean =>
      setWorkflow.run(workflow && JSON.stringify(workflow), id).changes === 1,
    setEncoding: (id: string, encoding: JobEncoding): void => {
      setEncoding.run(JSON.stringify(encoding), id);
    },
    cancel: (id: string, now: number): boolean => cancel.run({ id, now }).changes === 1,
    /** The first failure stays; one of a cancelled job is not recorded. */
    fail: (id: string, failure: Failure, now: number): boolean =>
      fail.run({ id, failure: JSON.stringify(failure), now }).changes === 1,
    /** Takes back failure, cancellation and completion; progress keeps its high-water mark. */
    reopen: (id: string): boolean => reopen.run(id).changes === 1,
    /** A task of it was claimed. */
    claimed: (id: string, kind: TaskKind, now: number): void => {
      claimed.run({ id, now, isProbe: kind === 'probe' ? 1 : 0 });
    },
    /** False when it was so already. */
    becamePlayable: (id: string, now: number): boolean => playable.run(now, id).changes === 1,
    /** Its first segments were lost. */
    notPlayable: (id: string): void => {
      notPlayable.run(id);
    },
    complete: (id: string, now: number): boolean => complete.run({ id, now }).changes === 1,
    raiseProgress: (id: string, progress: number): boolean =>
      raiseProgress.run({ id, progress }).changes === 1,
  };
}

function optional(row: Row | undefined): Job | undefined {
  return row && fromRow(row);
}
