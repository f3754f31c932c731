import { fingerprintOfOpen } from './admit.js';
import { openSource } from './identity.js';
import { refuseForeignHead } from './refuse-format.js';

export interface Peeked {
  /** See shared/fingerprint.ts. */
  readonly fingerprint: string;
}

/**
 * Looks into a file on this machine that may be taken. Throws FILE_UNREADABLE, and
 * UPLOAD_INVALID_FORMAT when it does not begin like a video.
 */
export async function peek(path: string): Promise<Peeked> {
  const { file, identity } = await openSource(path);
  try {
    await refuseForeignHead(file);
    return { fingerprint: await fingerprintOfOpen(file, identity.sizeBytes) };
  } finally {
    await file.close();
  }
}
