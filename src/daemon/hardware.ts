import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import type { EncoderSlots } from './jobs/running/lanes.js';
import type { Layout } from './layout.js';
import { hardwareEncoders, slotsOf } from './media/arguments/hardware-encoders.js';
import { hardwareOf, type Hardware } from './media/encoders/hardware.js';
import { findEncoders } from './media/encoders/remembered.js';
import type { RememberedTools } from './remembered-tools.js';

/** The hardware encoders of this daemon: tried when the first task wants one, told in the log. */
export function daemonHardware(parts: {
  readonly tools: Pick<RememberedTools, 'find'>;
  readonly layout: Pick<Layout, 'encoders'>;
  readonly clock: Clock;
  readonly log: Logger;
}): Hardware {
  const { tools, layout, clock, log } = parts;
  return hardwareOf({
    ...{ clock, findTools: () => tools.find() },
    look: (pair) => findEncoders(pair, layout.encoders),
    onFound: (encoders) => log.info({ encoders }, 'hardware encoders'),
    onError: (err) => log.error({ err }, 'looking for hardware encoders failed'),
  });
}

/** Those that work, each with how many chunks it makes at once. */
export async function workingEncoders({
  find,
}: Pick<Hardware, 'find'>): Promise<EncoderSlots[] | undefined> {
  const found = await find();
  const working = found?.filter(({ works }) => works).map(({ name }) => name);
  return (
    working &&
    hardwareEncoders
      .filter(({ name }) => working.includes(name))
      .map((encoder) => ({ name: encoder.name, slots: slotsOf(encoder) }))
  );
}
