import type { Agent } from 'node:https';

/** How a daemon is known over TLS, where the authorities of this computer do not say. */
export type Trust =
  /** This home's own: the very certificate it is known to have, whatever names are in it. */
  | { readonly fingerprint: string }
  /** PEM of an authority, beside those that Node knows. */
  | { readonly authority: string };

const agents = new WeakMap<Trust, Promise<Agent>>();

/** The agent that connects to such a daemon only. */
export function agentFor(trust: Trust): Promise<Agent> {
  const agent = agents.get(trust) ?? makeAgent(trust);
  agents.set(trust, agent);
  return agent;
}

async function makeAgent(trust: Trust): Promise<Agent> {
  const [https, tls] = await Promise.all([import('node:https'), import('node:tls')]);
  if ('authority' in trust) {
    return new https.Agent({ keepAlive: true, ca: [...tls.rootCertificates, trust.authority] });
  }
  const agent = new https.Agent({ keepAlive: true });
  // Nothing is sent before the certificate was looked at: the request gets its socket afterwards.
  agent.createConnection = (options, created) => {
    const socket = tls.connect({ ...options, rejectUnauthorized: false } as object, () => {
      const { fingerprint256 } = socket.getPeerCertificate();
      if (fingerprint256 === trust.fingerprint) return created?.(null, socket);
      return socket.destroy(new Error('another certificate than that of the daemon'));
    });
    socket.once('error', (error: Error) => created?.(error, socket));
    return undefined;
  };
  return agent;
}
