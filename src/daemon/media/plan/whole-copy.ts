import type { DescribedRendition } from './described-rendition.js';
import type { Source, SourceStream } from '../source/inspect.js';

/**
 * Whether copied renditions hold everything of a source that somebody could see, hear or read. A text
 * is never copied: WebVTT keeps its words, not all of its looks; nor is what Dolby Vision says beside its
 * picture. Fonts and cover pictures are not counted.
 */
export function isWholeCopy(source: Source, renditions: readonly DescribedRendition[]): boolean {
  const copied = renditions.filter(({ method }) => method === 'copied');
  const streams = new Set(copied.map(({ traits }) => traits.stream));
  return source.streams
    .filter(({ codec_type: kind }) => ['video', 'audio', 'subtitle'].includes(kind ?? ''))
    .filter(({ disposition }) => disposition['attached_pic'] !== 1)
    .every((stream) => streams.has(stream.index) && !isDolbyVision(stream));
}

function isDolbyVision({ side_data_list }: SourceStream): boolean {
  return side_data_list.some(({ dv_profile }) => dv_profile !== undefined);
}
