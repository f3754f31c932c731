import { KdramaError } from '../../shared/errors.js';
import { identityOf, withFile } from '../upload/local-file.js';

/** As much as the daemon takes. */
const mostBytes = 10 * 1024 * 1024;

/** The bytes of a subtitle file. Throws FILE_UNREADABLE, SUBTITLE_INVALID for what is too large. */
export async function readSubtitleFile(path: string): Promise<Buffer> {
  return withFile(path, async (file) => {
    const identity = await identityOf(file);
    if (identity === undefined)
      throw new KdramaError('FILE_UNREADABLE', 'it is not a regular file');
    if (identity.sizeBytes > mostBytes) {
      throw new KdramaError('SUBTITLE_INVALID', `${path} has more than 10 MB`);
    }
    return file.readFile();
  });
}
