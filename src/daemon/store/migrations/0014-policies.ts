/** What is turned on for the whole daemon. */
export const policies = `
CREATE TABLE switches (
  name  TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
