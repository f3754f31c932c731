/** What proxies say of the connections that they took. */

/** One connection that a proxy took: the nearest proxy's is the last. */
export interface Hop {
  /** undefined: the proxy keeps it to itself. */
  readonly address: string | undefined;
  readonly scheme: string | undefined;
  readonly host: string | undefined;
}

export type HeaderOf = (name: string) => string | undefined;

const forwardingHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'via',
];

/** Whether somebody between here and the client admits to be there. */
export function isForwarded(header: HeaderOf): boolean {
  return forwardingHeaders.some((name) => header(name) !== undefined);
}

/**
 * The hops of `Forwarded` (RFC 7239) or of the `X-Forwarded-…` headers. A proxy that sets one of
 * the two hands on what a client wrote into the other, so where both are there only what they agree
 * on is a hop with an address.
 */
export function readHops(header: HeaderOf): Hop[] {
  const standard = standardHops(header('forwarded'));
  const common = commonHops(header);
  if (standard.length === 0) return common;
  if (common.length === 0) return standard;
  const agree = JSON.stringify(addresses(standard)) === JSON.stringify(addresses(common));
  return agree ? common : [{ address: undefined, scheme: undefined, host: undefined }];
}

function addresses(hops: readonly Hop[]): (string | undefined)[] {
  return hops.map(({ address }) => address);
}

function commonHops(header: HeaderOf): Hop[] {
  const clients = list(header('x-forwarded-for'));
  const schemes = list(header('x-forwarded-proto'));
  const hosts = list(header('x-forwarded-host'));
  const length = Math.max(clients.length, Math.min(schemes.length + hosts.length, 1));
  return Array.from({ length }, (_, at) => ({
    address: bareAddress(clients[at]),
    scheme: fromEnd(schemes, length - at),
    host: fromEnd(hosts, length - at),
  }));
}

function standardHops(value: string | undefined): Hop[] {
  return list(value).map((element) => {
    const pairs = element.split(';').map((pair) => pair.trim().split(/=(.*)/s, 2));
    const said = new Map(
      pairs.map(([name = '', text = '']) => [name.toLowerCase(), unquote(text)]),
    );
    return {
      address: bareAddress(said.get('for')),
      scheme: said.get('proto'),
      host: said.get('host'),
    };
  });
}

function list(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function unquote(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

/** Proxies add to the list of addresses, and mostly replace the other two. */
function fromEnd(values: readonly string[], index: number): string | undefined {
  return values.at(-index) ?? values[0];
}

/** Without port and brackets; undefined for `unknown` and made-up names. */
function bareAddress(text: string | undefined): string | undefined {
  const bare =
    /^(?:\[([0-9a-f:.]+)\]|(\d+\.\d+\.\d+\.\d+)|([0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*))(?::\d+)?$/i.exec(
      text ?? '',
    );
  return bare?.[1] ?? bare?.[2] ?? bare?.[3];
}
