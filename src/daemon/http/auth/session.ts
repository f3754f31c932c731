import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../../shared/ids.js';
import type { Role } from '../../../shared/states.js';
import type { Clock } from '../../clock.js';
import type { Device, DeviceStore } from '../../store/devices.js';
import type { Viewer } from '../env.js';

/** The longest that browsers keep a cookie. */
export const cookieSeconds = 400 * 24 * 60 * 60;
/** A device that was not seen for so long is signed out. */
export const unseenMs = 90 * 24 * 60 * 60 * 1000;
const seenStepMs = 60_000;

/** Who signs in on a device: somebody with an account, or whoever holds a one-time code. */
export interface NewDevice {
  /** Of the device, for people. */
  readonly name: string;
  readonly role: Role;
  /** null: paired with a code, nobody's. */
  readonly userId: string | null;
}

export interface SessionParts {
  readonly devices: DeviceStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly cookieName: string;
  /** The user as he is now; undefined when there is none any more. */
  readonly userOf: (userId: string) => { username: string; role: Role } | undefined;
}

/** Of this home: cookies do not tell ports apart, so two daemons on one host need two names. */
export function cookieNameOf(secret: Uint8Array): string {
  return `kdrama_${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
}

export type Sessions = ReturnType<typeof createSessions>;

/** Browsers that are signed in: each is a device, known by the random token in its cookie. */
export function createSessions({ devices, clock, cookieName, userOf }: SessionParts) {
  const viewerOf = (device: Device): Viewer | null => {
    if (device.userId === null) return pairedViewer(device);
    const user = userOf(device.userId);
    return user === undefined ? null : { id: device.userId, ...user };
  };
  /** A device that was seen lately, by the token of its cookie. */
  const find = (token: string): Device | undefined => {
    const device = devices.findByToken(hashOf(token));
    return device !== undefined && clock.now() - device.lastSeenAt < unseenMs ? device : undefined;
  };
  return {
    cookieName,
    /** A new device and the token for its cookie, which is stored nowhere else. */
    issue(given: NewDevice): { token: string; viewer: Viewer | null } {
      const at = clock.now();
      devices.removeUnseenSince(at - unseenMs);
      const token = randomBytes(32).toString('base64url');
      const device = { ...given, id: newId(), createdAt: at, lastSeenAt: at };
      devices.insert({ ...device, tokenHash: hashOf(token) });
      return { token, viewer: viewerOf(device) };
    },
    /** null for a token of no device, of a removed one, or of one whose user is gone. */
    read(token: string): Viewer | null {
      const device = find(token);
      if (device === undefined) return null;
      const at = clock.now();
      if (at - device.lastSeenAt >= seenStepMs) devices.markSeen(device.id, at);
      return viewerOf(device);
    },
    end(token: string): void {
      const device = devices.findByToken(hashOf(token));
      if (device !== undefined) devices.remove(device.id);
    },
    /** On all devices: after a new password, for example. */
    endOfUser: (userId: string): void => devices.removeOfUser(userId),
  };
}

/** What an admin's own browser makes belongs to this machine; other devices stand for themselves. */
function pairedViewer({ id, name, role }: Device): Viewer {
  return role === 'admin' ? { id: 'local', username: 'local', role } : { id, username: name, role };
}

/** 256 random bits need no salt and no slow hash. */
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
