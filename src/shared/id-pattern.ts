/** Ids of uploads, videos, jobs, plans and renditions. Checked before one touches a path. */
export const idPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Ids that newId makes: nobody else names a directory like this. */
export const ownIdPattern = /^[0-9a-hjkmnp-tv-z]{14}$/;
