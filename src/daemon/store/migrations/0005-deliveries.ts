/** Webhooks to be sent and what became of each. */
export const deliveries = ``;
