import type { HttpBindings } from '@hono/node-server';
import type { Role } from '../../shared/states.js';

/** Who asks. `id` is `local` for the token of this machine and for browsers signed in with it. */
export interface Viewer {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
}

/** What every handler finds on its context. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** `/api/v1` or `/api`: URLs in answers carry the one that the client used. */
    prefix: string;
    /** Of the client, not of a proxy that is trusted. */
    clientAddress: string;
    /** null on open routes without a valid credential. */
    viewer: Viewer | null;
  };
}
