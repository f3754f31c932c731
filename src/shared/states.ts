/** The closed sets of states and stages, as the wire and the database name them. */

/** What a task row says. `cancelled` is also what a stopped job's waiting tasks become. */
export const taskStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

export const taskKinds = [
  'probe',
  'copy',
  'encode',
  'audio',
  'subtitle',
  'poster',
  'storyboard',
  'finish',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** submitted: probe not claimed · queued: probed, nothing claimed yet · completed: ready. */
export const jobStates = [
  'submitted',
  'queued',
  'processing',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof jobStates)[number];

/** A job in one of these will not change by itself. */
export const finalJobStates: readonly JobState[] = ['completed', 'failed', 'cancelled'];

export const jobStages = [
  'probing',
  'planning',
  'copying',
  'encoding',
  'audio',
  'subtitles',
  'pictures',
  'verifying',
  'done',
] as const;
export type JobStage = (typeof jobStages)[number];

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const roles = ['user', 'uploader', 'admin'] as const;
export type Role = (typeof roles)[number];
