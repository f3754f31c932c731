import type { NetworkInterfaceInfo } from 'node:os';

/**
 * Pure: the addresses at which others on the network reach a daemon that listens on `hostname`. An
 * address of digits works everywhere; a wildcard stands for those of every network card.
 */
export function lanAddresses(
  hostname: string,
  localUrl: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
): string[] {
  if (hostname !== '0.0.0.0' && hostname !== '::') return [];
  const { port } = new URL(localUrl);
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`);
}
