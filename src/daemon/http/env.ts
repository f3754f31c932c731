import type { HttpBindings } from '@hono/node-server';
import type { Scope } from '../../shared/scopes.js';
import type { Role } from '../../shared/states.js';
import type { RememberedAnswers } from './answer/remembered-answers.js';

/** Who asks. `id` is `local` for the token of this machine and for browsers signed in with it. */
export interface Viewer {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  /** Of the API key that asks, if one does; `scopes` null: all that the role may. */
  readonly apiKey?: { readonly id: string; readonly scopes: readonly Scope[] | null };
}

/** Who is at the other end of the wire: the client, not a proxy that is trusted. */
export interface Client {
  /** `unknown` where a trusted proxy does not say. */
  readonly address: string;
  /** As the client wrote it. */
  readonly scheme: 'http' | 'https';
  /** Host and port as the client wrote them, in lower case. */
  readonly host: string | undefined;
  /** Connected from this very machine, through nothing. */
  readonly isOnThisMachine: boolean;
  /** Of this machine or its network: a private or link-local address that can be believed. */
  readonly isAtHome: boolean;
}

/** What every handler finds on its context. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Whether a rate limit has counted it. */
    isCounted?: boolean;
    /** A JSON body that was read already. */
    bodyBytes?: Buffer;
    /** What was answered to whom under an `Idempotency-Key`. */
    rememberedAnswers: RememberedAnswers;
    /** `/api/v1` or `/api`: URLs in answers carry the one that the client used. */
    prefix: string;
    client: Client;
    /** Its address: `client.address`. */
    clientAddress: string;
    /** It came through a proxy that is trusted. */
    isThroughTrustedProxy: boolean;
    /** null on open routes without a valid credential. */
    viewer: Viewer | null;
  };
}
