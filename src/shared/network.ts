/** Pure: what this machine is called and where others reach it. The facts come from node:os. */

export interface NetworkAddress {
  readonly address: string;
  readonly family: string;
  readonly internal: boolean;
}

/** By the name of the interface. */
export type NetworkInterfaces = Readonly<Record<string, readonly NetworkAddress[] | undefined>>;

/** Host names (lower case, IPv6 in brackets) that mean a machine: its name, `.local` name, addresses. */
export function ownNames(hostname: string, interfaces: NetworkInterfaces): string[] {
  const name = hostname.toLowerCase();
  const label = name.split('.')[0] ?? name;
  const addresses = all(interfaces).map(({ address, family }) =>
    family === 'IPv6' ? `[${withoutZone(address)}]` : address,
  );
  return [...new Set([name, label, `${label}.local`, ...addresses])].filter(Boolean);
}

export function isWildcard(hostname: string): boolean {
  return hostname === '0.0.0.0' || hostname === '::';
}

/** Where a daemon listens, and what its certificate says it is called. */
export interface Listening {
  readonly scheme: 'http' | 'https';
  readonly hostname: string;
  readonly port: number;
  readonly certificateNames?: readonly string[];
}

/**
 * The addresses at which others on the network reach a daemon, the best first; none when it listens
 * to this machine only. Digits work everywhere, but over TLS only what the certificate is for.
 * `preferred`, the address that leads out of the house, comes first: virtual networks have addresses
 * too.
 */
export function networkUrls(
  { scheme, hostname, port, certificateNames = [] }: Listening,
  interfaces: NetworkInterfaces,
  preferred?: string,
): string[] {
  const cards = all(interfaces).filter(({ family, internal }) => family === 'IPv4' && !internal);
  const open = cards
    .map(({ address }) => address)
    .filter((address) => isWildcard(hostname) || address === hostname)
    .toSorted((a, b) => Number(b === preferred) - Number(a === preferred));
  if (open.length === 0) return [];
  const certified = certificateNames.filter((name) =>
    /^[\d.]+$|^\[/.test(name) ? open.includes(name) : name !== 'localhost',
  );
  const hosts = certified.length > 0 ? certified : open;
  return hosts.map((host) => `${scheme}://${host}:${port}`);
}

function all(interfaces: NetworkInterfaces): NetworkAddress[] {
  return Object.values(interfaces).flatMap((addresses) => addresses ?? []);
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
