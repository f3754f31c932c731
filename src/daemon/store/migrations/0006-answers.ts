/** Answers that are remembered under an Idempotency-Key. */
export const answers = ``;
