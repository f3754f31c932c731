import { resolve } from 'node:path';
import type { VideoMetadata } from '../../shared/contract/index.js';
import { KdramaError } from '../../shared/errors.js';
import { extensionOf } from '../../shared/formats.js';
import { withFile } from '../upload/local-file.js';
import { metadataOfJson } from './metadata-json.js';
import { metadataOfNfo } from './metadata-nfo.js';

/** No description is so long; an .nfo file with all actors has some hundred kilobytes. */
const mostBytes = 1024 * 1024;

/**
 * Reads what a .json file or a Kodi .nfo file says of an episode. Throws VALIDATION_FAILED, naming the
 * file, when it cannot be read or says something else than was expected.
 */
export async function readMetadataFile(named: string, cwd: string): Promise<VideoMetadata> {
  try {
    const text = await readText(resolve(cwd, named));
    return extensionOf(named) === 'nfo' ? await metadataOfNfo(text) : metadataOfJson(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KdramaError('VALIDATION_FAILED', undefined, {
      message: `Metadata file ${named}: ${reason.split('\n', 1)[0]}`,
      hint: 'Give JSON with some of title, series, season, episode and description, or an .nfo file of Kodi with <episodedetails>.',
      cause,
    });
  }
}

function readText(path: string): Promise<string> {
  return withFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0);
    if (bytesRead > mostBytes) throw new Error(`expected at most ${mostBytes} bytes`);
    return decodeUtf8(buffer.subarray(0, bytesRead));
  });
}

/** Without a byte order mark. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('expected UTF-8', { cause });
  }
}
