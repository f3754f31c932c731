import { createSocket } from 'node:dgram';

/** A documentation address (RFC 5737): routed as the internet is, and nobody's. */
const outside = '203.0.113.1';

/**
 * This machine's address in the network that leads out of the house; undefined without one.
 * Connecting a UDP socket chooses a route and sends nothing.
 */
export function outwardAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address?: string) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done());
    socket.connect(9, outside, () => done(socket.address().address));
  });
}
