import { KdramaError } from '../../shared/errors.js';
import { newId } from '../../shared/ids.js';
import { localOwner } from '../../shared/job-wish.js';
import type { Role } from '../../shared/states.js';
import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { User } from '../store/users.js';
import type { Passwords } from './passwords.js';

export interface UsersParts {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly passwords: Passwords;
}

export type Users = ReturnType<typeof createUsers>;

/** The people of this daemon: who has a password, and what they may. */
export function createUsers({ store, clock, passwords }: UsersParts) {
  const find = (id: string): User | undefined => {
    const user = store.users.find(id);
    return user?.deletedAt === null ? user : undefined;
  };
  const known = (id: string): User => {
    const user = find(id);
    if (user === undefined) throw new KdramaError('USER_NOT_FOUND', id);
    return user;
  };
  return {
    all: (): User[] => store.users.all(),
    /** undefined when there is none, or none any more. */
    find,
    /** Throws USER_NOT_FOUND. */
    get: known,

    /** Capital letters make no difference. Throws USER_NOT_FOUND. */
    named(username: string): User {
      const user = store.users.findByName(username);
      if (user === undefined) throw new KdramaError('USER_NOT_FOUND', username);
      return user;
    },

    /** Throws USER_EXISTS. */
    async add(given: { username: string; password: string; role: Role }): Promise<User> {
      refuseName(store, given.username);
      const password = await passwords.hash(given.password);
      const id = newId();
      const { username, role } = given;
      if (!store.users.insert({ id, username, password, role, createdAt: clock.now() })) {
        throw new KdramaError('USER_EXISTS', username);
      }
      return known(id);
    },

    /** A new password signs the user out everywhere. Throws USER_NOT_FOUND. */
    async change(id: string, to: { role?: Role; password?: string }): Promise<User> {
      known(id);
      const password = to.password && (await passwords.hash(to.password));
      store.transaction(() => {
        if (to.role !== undefined) store.users.setRole(id, to.role);
        if (password === undefined) return;
        store.users.setPassword(id, password, clock.now());
        store.devices.removeOfUser(id);
      });
      return known(id);
    },

    /** Sign-ins, devices and API keys go; videos and jobs stay. Throws USER_NOT_FOUND. */
    remove(id: string): void {
      known(id);
      store.transaction(() => {
        store.users.remove(id, clock.now());
        store.devices.removeOfUser(id);
        store.apiKeys.removeOfUser(id);
      });
    },

    /** Throws AUTH_INVALID_CREDENTIALS, after the same time for names that nobody has. */
    async withPassword(username: string, password: string): Promise<User> {
      const found = store.users.findByName(username);
      if (await passwords.matches(password, found?.password)) return known(found?.id ?? '');
      throw new KdramaError('AUTH_INVALID_CREDENTIALS');
    },
  };
}

/** The admin of this machine is called `local` everywhere; nobody else may be. */
function refuseName({ users }: Pick<Store, 'users'>, username: string): void {
  const isTaken = username.toLowerCase() === localOwner || users.findByName(username);
  if (isTaken) throw new KdramaError('USER_EXISTS', username);
}
