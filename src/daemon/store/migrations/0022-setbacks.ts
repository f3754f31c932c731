/** Which tasks have failed and are tried again: every view of a job asks. */
export const setbacks = `
CREATE INDEX tasks_set_back ON tasks (job_id, failures) WHERE failures > 0;
`;
