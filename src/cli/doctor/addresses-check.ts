import { networkUrls, type Listening, type NetworkInterfaces } from '../../shared/network.js';
import type { Check } from './check.js';

/** Pure: where others on the network reach a daemon that listens like this. */
export function checkAddresses(listening: Listening, interfaces: NetworkInterfaces): Check {
  const name = 'network';
  const { hostname } = listening;
  if (/^(localhost|127(\.\d+){3}|::1)$/.test(hostname)) {
    return {
      name,
      level: 'ok',
      message: 'this computer only; "kdrama start --lan" lets others in',
    };
  }
  const urls = networkUrls(listening, interfaces);
  if (urls.length > 0) return { name, level: 'ok', message: urls.join(' ') };
  return {
    name,
    level: 'warn',
    message: `it listens at ${hostname}, but this computer has no such address on a network`,
    advice: 'Connect it to the network, or correct listen: kdrama config set listen 127.0.0.1:7474',
  };
}
