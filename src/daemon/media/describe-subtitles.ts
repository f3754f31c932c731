import type { DescribedRendition } from './described-rendition.js';
import type { Source } from './inspect.js';
import { languageTag } from './language.js';
import { distinctLabels } from './track-labels.js';

const textSubtitles = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);

/** Every text subtitle track is a rendition; none is on by itself. */
export function describeSubtitles(source: Source): DescribedRendition[] {
  const streams = source.streams.filter(
    (stream) => stream.codec_type === 'subtitle' && textSubtitles.has(stream.codec_name ?? ''),
  );
  const labels = distinctLabels(streams, 'Subtitles');
  return streams.map((stream, index) => ({
    name: `subtitle-${index}`,
    method: 'encoded',
    reason: `${(stream.codec_name ?? '').toUpperCase()} as WebVTT`,
    traits: {
      ...{ kind: 'subtitle', stream: stream.index },
      ...{ language: languageTag(stream.tags['language']), label: labels[index] ?? '' },
      ...{ isDefault: false, isForced: stream.disposition['forced'] === 1 },
    },
  }));
}
