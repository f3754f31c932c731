/**
 * Node's own defaults would let a connection idle for ever. A whole request may take as long as an
 * upload may live; JSON and chunk bodies have shorter limits of their own.
 */
export const serverLimits = {
  headersTimeout: 15_000,
  requestTimeout: 24 * 60 * 60 * 1000,
  keepAliveTimeout: 30_000,
  maxHeaderSize: 16 * 1024,
  /** How often the time limits are looked at; Node does it every 30 s. */
  connectionsCheckingInterval: 5_000,
  /** The Host gate asks for it, and answers in our own words. */
  requireHostHeader: false,
};
