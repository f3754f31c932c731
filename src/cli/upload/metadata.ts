import type { VideoMetadata } from '../../shared/contract/index.js';
import type { Deps } from '../deps.js';
import { readMetadataFile } from '../input/metadata-file.js';
import type { UploadOptions } from './options.js';

/**
 * What was said of an episode: by flags, else by the file of `--metadata`. The rest is taken from the
 * episode's name. Throws VALIDATION_FAILED for a file that says nothing that can be used.
 */
export async function metadataFor(
  options: Pick<
    UploadOptions,
    | 'metadata'
    | 'title'
    | 'series'
    | 'season'
    | 'episode'
    | 'ladder'
    | 'loudness'
    | 'burnSubtitles'
    | 'keepSource'
  >,
  deps: Pick<Deps, 'cwd'>,
): Promise<VideoMetadata> {
  const { metadata, title, series, season, episode, ladder, loudness, burnSubtitles, keepSource } =
    options;
  return {
    ...(metadata === undefined ? {} : await readMetadataFile(metadata, deps.cwd)),
    ...(title === undefined ? {} : { title }),
    ...(series === undefined ? {} : { series }),
    ...(season === undefined ? {} : { season }),
    ...(episode === undefined ? {} : { episode }),
    ...(ladder === undefined ? {} : { ladder }),
    ...(loudness === undefined ? {} : { loudness }),
    ...(burnSubtitles === undefined ? {} : { burnSubtitles }),
    ...(keepSource === undefined ? {} : { keepSource }),
  };
}
