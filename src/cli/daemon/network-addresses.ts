import { networkInterfaces } from 'node:os';
import { networkUrls } from '../../shared/network.js';
import type { Deps } from '../deps.js';
import { readDaemonRecord, remoteAddress } from './address.js';
import { outwardAddress } from './outward-address.js';

/**
 * Where other devices reach the daemon that this command talks to, the best address first: what
 * KDRAMA_HOST says, or this home's daemon on the network. None when it is open to this machine only.
 */
export async function networkAddresses(deps: Pick<Deps, 'env' | 'home'>): Promise<string[]> {
  const remote = remoteAddress(deps.env);
  if (remote !== undefined) return [remote];
  const record = readDaemonRecord(deps.home);
  if (record?.listen === undefined) return [];
  const { protocol, port } = new URL(record.url);
  const listening = {
    scheme: protocol === 'https:' ? ('https' as const) : ('http' as const),
    hostname: record.listen,
    port: Number(port),
    certificateNames: record.names ?? [],
  };
  return networkUrls(listening, networkInterfaces(), await outwardAddress());
}
