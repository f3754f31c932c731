import type { VideoMetadata } from '../../shared/contract/index.js';
import type { Deps } from '../deps.js';
import { readMetadataFile } from '../input/metadata-file.js';
import type { UploadOptions } from './options.js';

/** The options that say something of an episode, in the words of the API. */
const said = [
  ...(['title', 'series', 'season', 'episode'] as const),
  ...([
    'resolutions',
    'crf',
    'preset',
    'ladder',
    'loudness',
    'burnSubtitles',
    'keepSource',
  ] as const),
];

/**
 * What was said of an episode: by flags, else by the file of `--metadata`. The rest is taken from the
 * episode's name. Throws VALIDATION_FAILED for a file that says nothing that can be used.
 */
export async function metadataFor(
  options: Pick<UploadOptions, 'metadata' | (typeof said)[number]>,
  deps: Pick<Deps, 'cwd'>,
): Promise<VideoMetadata> {
  const { metadata } = options;
  const file = metadata === undefined ? {} : await readMetadataFile(metadata, deps.cwd);
  const flags = said.filter((name) => options[name] !== undefined);
  return { ...file, ...Object.fromEntries(flags.map((name) => [name, options[name]])) };
}
