import { Hono, type Context } from 'hono';
import type { UserList, UserView } from '../../../shared/contract/index.js';
import {
  changeUser,
  createUser,
  listUsers,
  removeUser,
  showUser,
} from '../../../shared/contract/operations/users.js';
import type { Users } from '../../accounts/users.js';
import type { User } from '../../store/users.js';
import { endpoint } from '../endpoint.js';
import type { AppEnv } from '../env.js';

/** The people who have a password here. */
export function userRoutes(users: Users): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  endpoint(app, listUsers, (c) =>
    noStore(c).json({ users: users.all().map(view) } satisfies UserList),
  );
  endpoint(app, createUser, async (c, { body }) => {
    const user = await users.add(body);
    c.header('Location', `${c.get('prefix')}/users/${user.id}`);
    return c.json(view(user), 201);
  });
  endpoint(app, showUser, (c, { params }) => noStore(c).json(view(users.get(params.id))));
  endpoint(app, changeUser, async (c, { params, body: { role, password } }) => {
    const to = { ...(role && { role }), ...(password && { password }) };
    return c.json(view(await users.change(params.id, to)));
  });
  endpoint(app, removeUser, (c, { params }) => {
    users.remove(params.id);
    return c.body(null, 204);
  });
  return app;
}

function view({ id, username, role, createdAt }: User): UserView {
  return { id, username, role, createdAt: new Date(createdAt).toISOString() };
}

function noStore(c: Context<AppEnv>): Context<AppEnv> {
  c.header('Cache-Control', 'no-store');
  return c;
}
