import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import PQueue from 'p-queue';
import { KdramaError } from '../../shared/errors.js';

/** What one hash costs: 2^logN × 128 × r bytes of memory, p times over. Stored with each hash. */
export interface ScryptCost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** OWASP's choice for 32 MiB: some tenths of a second on a small computer. */
export const scryptCost: ScryptCost = { logN: 15, r: 8, p: 3 };

const keyBytes = 32;
/** Each takes its memory and a thread that files need too; whoever waits longer tries again. */
const atOnce = 1;
const mostWaiting = 16;

export type Passwords = ReturnType<typeof createPasswords>;

/** Hashes of passwords, `$scrypt$ln=15,r=8,p=3$SALT$HASH` with a salt of their own. */
export function createPasswords(cost: ScryptCost = scryptCost) {
  const queue = new PQueue({ concurrency: atOnce });
  const nobody = format(cost, Buffer.alloc(16), Buffer.alloc(keyBytes));
  const derive = async (password: string, salt: Buffer, by: ScryptCost): Promise<Buffer> => {
    if (queue.size >= mostWaiting) throw busy();
    return queue.add(() => scryptOf(password.normalize('NFKC'), salt, by));
  };
  return {
    /** Throws RATE_LIMIT_EXCEEDED when too many wait. */
    async hash(password: string): Promise<string> {
      const salt = randomBytes(16);
      return format(cost, salt, await derive(password, salt, cost));
    },
    /**
     * Whether it is the password of a hash, in constant time. Without a hash (nobody has that name)
     * it takes the same time to say no. Throws RATE_LIMIT_EXCEEDED when too many wait.
     */
    async matches(password: string, stored: string | undefined): Promise<boolean> {
      const { salt, key, ...by } = parse(stored ?? nobody);
      const given = await derive(password, salt, by);
      return timingSafeEqual(given, key) && stored !== undefined;
    },
  };
}

function scryptOf(password: string, salt: Buffer, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** logN;
  // Node refuses what takes more than 32 MiB unless it is told how much may be taken.
  const options: ScryptOptions = { N, r, p, maxmem: 2 * 128 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

function format({ logN, r, p }: ScryptCost, salt: Buffer, key: Buffer): string {
  const [saltText, keyText] = [salt, key].map((bytes) => bytes.toString('base64url'));
  return `$scrypt$ln=${logN},r=${r},p=${p}$${saltText}$${keyText}`;
}

function parse(stored: string): ScryptCost & { readonly salt: Buffer; readonly key: Buffer } {
  const match = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored);
  if (match === null) throw new Error('a stored password has an unknown form');
  const [logN = 0, r = 0, p = 0] = match.slice(1, 4).map(Number);
  const [salt = Buffer.alloc(0), key = Buffer.alloc(0)] = match
    .slice(4)
    .map((text) => Buffer.from(text, 'base64url'));
  return { logN, r, p, salt, key };
}

function busy(): KdramaError {
  return new KdramaError('RATE_LIMIT_EXCEEDED', 'too many passwords are being looked at', {
    details: { retryAfterSeconds: 5 },
  });
}
