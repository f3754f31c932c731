import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from '../api/client.js';
import type { Container } from './container.js';
import type { TextFile } from './mux-arguments.js';
import type { Text } from './tracks.js';

/** The subtitles as files in `directory`: an ASS script as it is where the container can keep it, else WebVTT. */
export function fetchTexts(
  api: Pick<Api, 'subtitleText' | 'subtitleSource'>,
  videoId: string,
  texts: readonly Text[],
  { container, directory }: { readonly container: Container; readonly directory: string },
): Promise<TextFile[]> {
  return Promise.all(
    texts.map(async (text, index): Promise<TextFile> => {
      const { subtitleId, track } = text;
      const isScript = text.isScript && container === 'mkv';
      const words = isScript
        ? await api.subtitleSource(videoId, subtitleId)
        : await api.subtitleText(videoId, subtitleId, track);
      const path = join(directory, String(index));
      await writeFile(path, words);
      return { path, text, format: isScript ? 'ass' : 'webvtt' };
    }),
  );
}
