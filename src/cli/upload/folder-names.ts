import { dirname, join } from 'node:path';
import type { VideoMetadata } from '../../shared/contract/index.js';
import { parseEpisodeName } from '../../shared/episode-name/parse-episode-name.js';
import type { LocalFile } from './local-file.js';

/** Pure: what only the folders of a file say. Whoever gets its bytes sees its name alone. */
export function namesOfFolders({ path, name }: Pick<LocalFile, 'path' | 'name'>): VideoMetadata {
  const alone = parseEpisodeName(name);
  const { series, season, episode } = parseEpisodeName(join(dirname(path), name));
  return {
    ...(series === alone.series ? {} : { series }),
    ...(season === null || season === alone.season ? {} : { season }),
    ...(episode === null || episode === alone.episode ? {} : { episode }),
  };
}
