import { Hono } from 'hono';
import type { DeviceList, DeviceView } from '../../../shared/contract/index.js';
import { listDevices, revokeDevice } from '../../../shared/contract/operations/sessions.js';
import { KdramaError } from '../../../shared/errors.js';
import type { Device, DeviceStore } from '../../store/devices.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';

/** Which browsers and players are signed in, and signing them out from afar. */
export function deviceRoutes(devices: DeviceStore): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, listDevices, (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json({ devices: devices.all().map(deviceView) } satisfies DeviceList);
  });
  endpoint(app, revokeDevice, (c, { params: { id } }) => {
    if (!devices.remove(id)) throw new KdramaError('DEVICE_NOT_FOUND', id);
    return c.body(null, 204);
  });
  return app;
}

function deviceView({ createdAt, lastSeenAt, ...device }: Device): DeviceView {
  return {
    ...device,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
  };
}
