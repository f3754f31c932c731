import { hostname, networkInterfaces } from 'node:os';
import { ownNames, type NetworkInterfaces } from '../../../shared/network.js';
import type { Clock } from '../../clock.js';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
const restMs = 2_000;

export interface HostNameParts {
  /** Beside those of this machine: from the configuration, from the certificate. */
  readonly others: () => readonly string[];
  readonly clock: Pick<Clock, 'monotonic'>;
  /** What the machine says of itself now. */
  readonly machine?: () => { hostname: string; interfaces: NetworkInterfaces };
}

/** Whether a host name (lower case, without port) is one of this daemon. */
export type IsOwnHost = (name: string) => boolean;

/**
 * The names that a request may use: they follow the machine into another network, since a name that
 * is not known makes it look again, once in two seconds at most.
 */
export function createHostNames({
  others,
  clock,
  machine = thisMachine,
}: HostNameParts): IsOwnHost {
  let lookedAt = -Infinity;
  let names = new Set<string>();
  const look = () => {
    lookedAt = clock.monotonic();
    const own = machine();
    const configured = others().map((name) => name.toLowerCase());
    names = new Set([...loopbackNames, ...configured, ...ownNames(own.hostname, own.interfaces)]);
  };
  return (name) => {
    if (!names.has(name) && clock.monotonic() - lookedAt >= restMs) look();
    return names.has(name);
  };
}

function thisMachine() {
  return { hostname: hostname(), interfaces: networkInterfaces() };
}
