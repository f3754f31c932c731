import { lookup } from 'node:dns/promises';
import { hostname, networkInterfaces } from 'node:os';
import { ownNames } from '../../shared/network.js';

const patienceMs = 1_000;

/**
 * What this machine is called on its network: its `.local` name where that leads here (multicast
 * DNS answers), else its host name, which most routers know.
 */
export async function machineName(): Promise<string> {
  const name = hostname();
  const local = `${name.split('.')[0]}.local`;
  return (await leadsHere(local)) ? local : name;
}

async function leadsHere(name: string): Promise<boolean> {
  const own = ownNames(hostname(), networkInterfaces());
  const found = lookup(name, { family: 4 }).then(({ address }) => own.includes(address));
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), patienceMs).unref();
  });
  return Promise.race([found.catch(() => false), late]);
}
