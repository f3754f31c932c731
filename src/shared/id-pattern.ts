/** Ids of uploads, videos, jobs, plans and renditions. Checked before one touches a path. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
